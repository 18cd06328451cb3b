import assert from 'node:assert/strict';
import { type ConnectCode, OnaApiError, type OnaApiProblem } from '../../../src/api/transport/errors.ts';
import { AutoRefresh } from '../../../src/inventory/autoRefresh.ts';
import { type InventoryState, NO_DATA } from '../../../src/inventory/model.ts';
import { IDLE, readyState } from './inventoryStates.ts';
import { TestStream } from './live/testStream.ts';

export const MINUTE = 60_000;

export const stateOf = (
  problem: OnaApiProblem,
  kind: 'failed' | 'stale' = 'failed',
  httpStatus = 0,
  code: ConnectCode = 'unknown',
): InventoryState => ({
  ...IDLE,
  kind,
  data: NO_DATA,
  error: new OnaApiError({
    problem,
    code,
    method: 'ListRunners',
    host: 'api.example',
    httpStatus,
  }),
  since: new Date(),
  mayBeIncomplete: false,
});

export const ready: InventoryState = readyState(NO_DATA);

/** An inventory controlled by the test, and the refreshes requested. Times are those of the mocked timers. */
export function autoRefreshWorld() {
  type Listener = (event: never) => unknown;
  const [listeners, seen, opened] = [new Set<Listener>(), new Set<Listener>(), new Set<Listener>()];
  const [focused, network] = [new Set<Listener>(), new Set<Listener>()];
  const shown = new Set<Listener>();
  /** What each clock says beyond the mocked time, in ms. */
  const clock = { monotonic: 0, wall: 0 };
  const listenTo = (set: Set<Listener>) => (listener: Listener) => {
    set.add(listener);
    return { dispose: () => void set.delete(listener) };
  };
  const listen = listenTo(listeners);
  const fire = (set: Set<Listener>, event?: unknown) => set.forEach((listener) => listener(event as never));
  /** The stream of events, as far as it is open. */
  const stream = new TestStream();
  const self = {
    visible: true,
    hasEditor: false,
    isEditorVisible: false,
    isFocused: true,
    isLive: false,
    connection: { client: stream } as { client: TestStream } | undefined,
    /** Whether what an event names can be read. */
    isReadable: true,
    /** What is called to read it; undefined if that takes no time. */
    read: undefined as (() => Promise<boolean>) | undefined,
    intervalMs: MINUTE,
    state: ready,
    isLoading: false,
    /** Whether only some runners are loaded, if anything is. */
    isPartial: false,
    plans: [] as string[],
    rereads: [] as unknown[],
    lines: [] as string[],
    endLoad(): void {
      assert.fail('no load was asked for');
    },
  };
  const ask = (plan: string) => {
    self.plans.push(plan);
    return new Promise<InventoryState>((resolve) => {
      self.endLoad = () => resolve(self.state);
    });
  };
  const autoRefresh = new AutoRefresh({
    inventory: {
      get state() {
        return self.state;
      },
      get isLoading() {
        return self.isLoading;
      },
      get isLoadingAll() {
        return self.isLoading && !self.isPartial;
      },
      get isBusy() {
        return self.isLoading;
      },
      whenIdle: () => Promise.resolve(self.state),
      reread: (part) => {
        self.rereads.push(part);
        return self.read?.() ?? Promise.resolve(self.isReadable);
      },
      onDidChange: listen,
      refresh: (plan?: 'parallel' | 'plain') => ask(plan ?? 'parallel'),
      refreshNow: (plan?: 'parallel' | 'plain') => ask(plan === undefined ? 'now' : `${plan} now`),
      reconnect: () => ask('reconnect'),
    },
    connection: () => self.connection,
    view: {
      get isVisible() {
        return self.visible;
      },
      onDidChangeVisibility: listenTo(seen),
    },
    editors: [
      {
        get isWatching() {
          return self.hasEditor;
        },
        onDidStartWatching: listenTo(opened),
        get isVisible() {
          return self.isEditorVisible;
        },
        onDidChangeVisibility: listenTo(shown),
      },
    ],
    intervalMs: () => self.intervalMs,
    isLive: () => self.isLive,
    onDidChangeSettings: listen,
    isFocused: () => self.isFocused,
    onDidChangeFocus: listenTo(focused),
    watchNetwork: listenTo(network),
    log: (line) => self.lines.push(line),
    logDefect: (error) => assert.fail(error),
    clocks: { monotonic: () => Date.now() + clock.monotonic, wall: () => Date.now() + clock.wall },
  });
  const change = (changes: Partial<typeof self>) => {
    Object.assign(self, changes);
    if (['state', 'isLoading', 'intervalMs', 'isLive', 'connection'].some((name) => name in changes)) {
      fire(listeners);
    }
    if (changes.visible !== undefined) {
      fire(seen);
    }
    if (changes.hasEditor === true) {
      fire(opened);
    }
    if (changes.isEditorVisible !== undefined) {
      fire(shown);
    }
    if (changes.isFocused !== undefined) {
      fire(focused, self.isFocused);
    }
  };
  const load = (state: InventoryState) => {
    change({ isLoading: true });
    change({ isLoading: false, state: state.kind === 'ready' ? { ...state, asOf: new Date() } : state });
  };
  const focus = () => {
    change({ isFocused: false });
    change({ isFocused: true });
  };
  const changeNetwork = () => fire(network);
  return {
    self,
    autoRefresh,
    change,
    load,
    focus,
    changeNetwork,
    clock,
    subscriptions: () =>
      [listeners, seen, opened, focused, network, shown].reduce((sum, { size }) => sum + size, 0),
    network,
    stream,
  };
}
