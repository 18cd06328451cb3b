import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { ResourceEvent } from '../../src/api/events.ts';
import type { Runner } from '../../src/api/runners.ts';
import type { StreamOptions } from '../../src/api/transport/connectStream.ts';
import { Emitter } from '../../src/base/event.ts';
import { AutoRefresh } from '../../src/inventory/autoRefresh.ts';
import { inventoryOf, jane, signedIn } from '../unit/inventory/inventoryOf.ts';
import { TestStream } from '../unit/inventory/live/testStream.ts';
import { apiError, listsOf, type PageCall } from '../unit/inventory/load/memoryClient.ts';
import type { OrganizationSize } from './loadPlan.ts';

const SECOND_MS = 1_000;

/** The API sends something at least this often, in seconds. */
const KEEP_ALIVE = 15;

/** Milliseconds of real time, more than enough for a load in memory: it imports code. */
const MAX_LOAD_MS = 2_000;

export interface SimulatedWindowOptions {
  readonly size: OrganizationSize;
  readonly isLive?: boolean;
}

/** A signed-in window: the real inventory and its automatic refresh, with an API in memory and a simulated clock. */
export type SimulatedWindow = Awaited<ReturnType<typeof simulatedWindow>>;

/** Opens a window, and lets time pass until the first load, and the one after the stream was opened, are over. */
export async function simulatedWindow({ size, isLive = true }: SimulatedWindowOptions) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const lists = listsOf(size);
  const { inventory, client, become } = inventoryOf(lists, answer);
  const [seen, focused] = [new Emitter<boolean>(), new Emitter<boolean>()];
  const never = () => ({ dispose: () => undefined });
  const fail = (error: Error) => {
    throw error;
  };
  const stream = new TestStream();
  const self = { isVisible: true, isFocused: true, isOffline: false, isStreamStuck: false };
  let [accepted, heardAt, silenceMs] = [0, 0, Infinity];
  const source = {
    client: {
      watchEvents(options: StreamOptions) {
        ({ silenceMs } = options);
        heardAt = Date.now();
        return stream.watchEvents(options);
      },
    },
  };
  become(signedIn(client, { ...jane, subjectId: 'jane', principal: 'PRINCIPAL_USER' }));
  const autoRefresh = new AutoRefresh({
    inventory,
    connection: () => source,
    view: {
      get isVisible() {
        return self.isVisible;
      },
      onDidChangeVisibility: seen.event,
    },
    editors: [],
    intervalMs: () => 300_000,
    isLive: () => isLive,
    onDidChangeSettings: never,
    isFocused: () => self.isFocused,
    onDidChangeFocus: focused.event,
    watchNetwork: never,
    log: () => undefined,
    logDefect: fail,
    clocks: { monotonic: () => Date.now(), wall: () => Date.now() },
  });
  const world = {
    inventory,
    client,

    /** How many requests were sent since the last reset, by their kind. */
    requests() {
      const count = (list: PageCall['list']) => client.calls.filter((call) => call.list === list).length;
      return {
        runnerPages: count('runners'),
        singleRunners: count('runner'),
        integrations: count('integrations'),
        signIns: count('signIns'),
        streams: stream.opened,
      };
    },

    get isStreamOpen(): boolean {
      return stream.running > 0 && !self.isOffline;
    },

    resetRequests(): void {
      client.calls.length = 0;
      stream.opened = 0;
      accepted = 0;
    },

    setVisible(isVisible: boolean): void {
      self.isVisible = isVisible;
      seen.fire(isVisible);
    },

    setFocused(isFocused: boolean): void {
      self.isFocused = isFocused;
      focused.fire(isFocused);
    },

    /** The network is gone: no host is found any more. */
    async goOffline(): Promise<void> {
      self.isOffline = true;
      await stream.end({ problem: 'connectionLost', code: 'unavailable' });
    },

    /** From now on, what is open delivers nothing, not even its end. Later streams neither, if `areAll`. */
    makeHalfOpen(areAll: boolean): void {
      self.isStreamStuck = areAll;
      isDead = true;
    },

    /** New streams deliver again. */
    endHalfOpen(): void {
      self.isStreamStuck = false;
    },

    /** The API sends an event. */
    async send(event: Partial<ResourceEvent>): Promise<void> {
      if (!isDead && stream.running > 0) {
        heardAt = Date.now();
        await stream.send(event);
      }
    },

    /** Replaces a runner by a changed one. Does not send an event. */
    editRunner(index: number, changes: Pick<Partial<Runner>, 'message' | 'phase'>): void {
      client.lists = {
        ...client.lists,
        runners: client.lists.runners.with(index, { ...runnerAt(index), ...changes }),
      };
    },

    runnerAt,

    /** Lets time pass, second by second. */
    async pass(seconds: number, each: (second: number) => unknown = () => undefined): Promise<void> {
      for (let second = 0; second < seconds; second++) {
        await each(second);
        await settle();
        mock.timers.tick(SECOND_MS);
        await settle();
      }
    },

    close(): void {
      autoRefresh.dispose();
      inventory.dispose();
      mock.timers.reset();
    },
  };
  /** Whether what is open delivers nothing. */
  let isDead = false;
  await settle();
  await inventory.whenIdle();
  // The code of live updates is loaded in real time.
  while (isLive && stream.opened === 0) {
    await setImmediate();
  }
  // The lists are read again once the stream has been open for a minute.
  await world.pass(90);
  world.resetRequests();
  return world;

  function runnerAt(index: number) {
    const runner = client.lists.runners[index];
    if (runner === undefined) {
      throw new Error(`There is no runner ${index}`);
    }
    return runner;
  }

  function answer(): Promise<void> | undefined {
    return self.isOffline
      ? Promise.reject(apiError({ problem: 'hostNotFound', code: 'unavailable' }))
      : undefined;
  }

  /** Lets everything happen that needs no time. */
  async function settle(): Promise<void> {
    const startedAt = performance.now();
    for (let turn = 0; turn < 5 || inventory.isBusy; turn++) {
      if (performance.now() - startedAt > MAX_LOAD_MS) {
        throw new Error('A load waits for time to pass');
      }
      await setImmediate();
    }
    if (stream.opened > accepted) {
      accepted = stream.opened;
      isDead = self.isStreamStuck;
      if (self.isOffline) {
        await stream.end({ problem: 'hostNotFound', code: 'unavailable' });
      } else if (!isDead) {
        await stream.accept();
        await stream.keepAlive();
      }
    }
    if (stream.running > 0 && Date.now() - heardAt >= silenceMs) {
      await stream.fallSilent();
    } else if (stream.running > 0 && !isDead && Date.now() - heardAt >= KEEP_ALIVE * SECOND_MS) {
      heardAt = Date.now();
      await stream.keepAlive();
    }
  }
}
