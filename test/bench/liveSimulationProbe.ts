/**
 * `node --expose-gc --import tsx liveSimulationProbe.ts`: prints, as JSON, what live updates cost and how late they are
 * in simulated time.
 */
import { MEDIUM } from './loadPlan.ts';
import { type Notifications, notificationsInAnHour } from './simulatedNotifications.ts';
import { type SimulatedWindow, type SimulatedWindowOptions, simulatedWindow } from './simulatedWindow.ts';

const HOUR = 3600;

export interface LiveSimulation {
  readonly hours: readonly Hour[];
  /** Seconds from an edit until its row has changed. */
  readonly delays: readonly { readonly what: string; readonly seconds: readonly number[] }[];
  readonly notifications: readonly Notifications[];
  readonly heap: Heap;
}

export interface Hour {
  readonly what: string;
  /** Of each kind. */
  readonly requests: Requests;
  /** Seconds. */
  readonly streamOpen: number;
}

export type Requests = ReturnType<SimulatedWindow['requests']>;

/** Bytes of the heap. */
export interface Heap {
  /** Before the first event. */
  readonly before: number;
  /** What it has grown by after so many events, and after as many again. */
  readonly events: number;
  readonly first: number;
  readonly second: number;
}

type Happening = (window: SimulatedWindow) => unknown;

const simulation: LiveSimulation = {
  // Before anything else leaves something behind.
  heap: await heap(),
  hours: [
    await hour('visible', () => undefined),
    await hour('visible, live updates off', () => undefined, { isLive: false }),
    await hour('hidden', (window) => window.setVisible(false)),
    await hour('unfocused from the start', (window) => window.setFocused(false)),
    await hour('offline from the start', (window) => window.goOffline()),
    await hour('every runner’s status, not changed, every 30 s', () => undefined, {}, sendStatuses(false)),
    await hour('every runner’s status, changed, every 30 s', () => undefined, {}, sendStatuses(true)),
  ],
  delays: [
    { what: '20 edits, one a second, by the stream', seconds: await oneASecond(20) },
    { what: 'one connection dead, edit 45 s later', seconds: [await halfOpen(45, false)] },
    { what: 'nothing delivered for 3 minutes, edit in the middle', seconds: [await halfOpen(90, true)] },
    { what: 'no events, by the timer every 300 s', seconds: await byTimer() },
  ],
  notifications: [
    await notificationsInAnHour('offline and back 30 times a minute', (second) => second % 2 === 1),
    await notificationsInAnHour('offline for 50 s every minute', (second) => second % 60 >= 10),
    await notificationsInAnHour('offline for 5 minutes every 10 minutes', (second) => second % 600 >= 300),
    await notificationsInAnHour('offline for good', (second) => second > 0),
  ],
};
console.log(JSON.stringify(simulation));

async function hour(
  what: string,
  begin: Happening,
  options: Omit<SimulatedWindowOptions, 'size'> = {},
  each: (window: SimulatedWindow, second: number) => Promise<void> = () => Promise.resolve(),
): Promise<Hour> {
  const window = await simulatedWindow({ size: MEDIUM, ...options });
  await begin(window);
  let streamOpen = 0;
  await window.pass(HOUR, async (second) => {
    await each(window, second);
    streamOpen += Number(window.isStreamOpen);
  });
  const requests = window.requests();
  window.close();
  return { what, requests, streamOpen };
}

/** Each runner reports its status every 30 s. */
function sendStatuses(areChanged: boolean) {
  const period = 30;
  return async (window: SimulatedWindow, second: number): Promise<void> => {
    for (let index = second % period; index < MEDIUM.runners; index += period) {
      if (areChanged) {
        window.editRunner(index, { message: `in second ${second}` });
      }
      await window.send({
        operation: 'RESOURCE_OPERATION_UPDATE_STATUS',
        resourceId: window.runnerAt(index).id,
      });
    }
  };
}

/** Edits of different runners. */
async function oneASecond(edits: number): Promise<readonly number[]> {
  const window = await simulatedWindow({ size: MEDIUM });
  const seconds = new Map<number, number>();
  await window.pass(edits + 120, async (second) => {
    if (second < edits) {
      window.editRunner(second, { message: 'edited' });
      await window.send({ resourceId: window.runnerAt(second).id });
    }
    noteShown(window, edits, seconds, (index) => second - index);
  });
  window.close();
  return allShown(seconds, edits);
}

/**
 * The stream delivers nothing for 3 minutes, either only the one that is open or any.
 *
 * @returns seconds from the edit until its row has changed
 */
async function halfOpen(editAt: number, areAll: boolean): Promise<number> {
  const window = await simulatedWindow({ size: MEDIUM });
  window.makeHalfOpen(areAll);
  let shownAt: number | undefined;
  await window.pass(HOUR, async (second) => {
    if (second === 180) {
      window.endHalfOpen();
    }
    if (second === editAt) {
      window.editRunner(0, { message: 'edited' });
      await window.send({ resourceId: window.runnerAt(0).id });
    }
    shownAt ??= isShown(window, 0, 'edited') ? second : undefined;
  });
  window.close();
  if (shownAt === undefined) {
    throw new Error('The edit was never shown');
  }
  return shownAt - editAt;
}

/** Edits at all phases of the timer. */
async function byTimer(): Promise<readonly number[]> {
  const edits = 20;
  const window = await simulatedWindow({ size: MEDIUM, isLive: false });
  const every = HOUR / edits - 1;
  const seconds = new Map<number, number>();
  await window.pass(HOUR + 600, (second) => {
    const index = second / every;
    if (Number.isInteger(index) && index < edits) {
      window.editRunner(index, { message: 'edited' });
    }
    noteShown(window, edits, seconds, (edited) => second - edited * every);
  });
  window.close();
  return allShown(seconds, edits);
}

/** @throws if a row never changed: it would be missing from the figures */
function allShown(seconds: ReadonlyMap<number, number>, edits: number): readonly number[] {
  if (seconds.size < edits) {
    throw new Error(`Only ${seconds.size} of ${edits} edits were shown`);
  }
  return [...seconds.values()];
}

/** Notes when each row is first seen to have changed. */
function noteShown(
  window: SimulatedWindow,
  edits: number,
  seconds: Map<number, number>,
  sinceEdit: (index: number) => number,
): void {
  for (let index = 0; index < edits; index++) {
    if (!seconds.has(index) && isShown(window, index, 'edited')) {
      seconds.set(index, sinceEdit(index));
    }
  }
}

function isShown({ inventory, runnerAt }: SimulatedWindow, index: number, message: string): boolean {
  const { id } = runnerAt(index);
  return inventory.state.data.runners.find((runner) => runner.id === id)?.message === message;
}

async function heap(): Promise<Heap> {
  const events = 2000;
  const window = await simulatedWindow({ size: MEDIUM });
  // Compiles the code.
  await sendEvents(window, MEDIUM.runners);
  const before = await heapUsed(window);
  await sendEvents(window, events);
  const first = await heapUsed(window);
  await sendEvents(window, events);
  const second = await heapUsed(window);
  window.close();
  return { before, events, first: first - before, second: second - first };
}

/** Events of all runners in turn, every other one without a difference, and then nothing until all is read. */
async function sendEvents(window: SimulatedWindow, count: number): Promise<void> {
  const each = 10;
  await window.pass(count / each, async (second) => {
    for (let event = second * each; event < (second + 1) * each; event++) {
      const index = event % MEDIUM.runners;
      if (event % 2 === 0) {
        window.editRunner(index, { message: `event ${String(event).padStart(6, '0')}` });
      }
      await window.send({
        operation: event % 4 < 2 ? 'RESOURCE_OPERATION_UPDATE' : 'RESOURCE_OPERATION_UPDATE_STATUS',
        resourceId: window.runnerAt(index).id,
      });
    }
  });
  await window.pass(180);
}

/** In bytes. @throws without `--expose-gc` */
async function heapUsed(window: SimulatedWindow): Promise<number> {
  if (globalThis.gc === undefined) {
    throw new Error('--expose-gc is missing');
  }
  window.resetRequests();
  for (let turn = 0; turn < 3; turn++) {
    await window.pass(1);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}
