import assert from 'node:assert/strict';
import { type ConnectCode, OnaApiError, type OnaApiProblem } from '../../../src/api/transport/errors.ts';
import { AutoRefresh } from '../../../src/inventory/autoRefresh.ts';
import { type InventoryState, NO_DATA } from '../../../src/inventory/model.ts';
import { IDLE, readyState } from './inventoryStates.ts';

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
  /** What each clock says beyond the mocked time, in ms. */
  const clock = { monotonic: 0, wall: 0 };
  const listenTo = (set: Set<Listener>) => (listener: Listener) => {
    set.add(listener);
    return { dispose: () => void set.delete(listener) };
  };
  const listen = listenTo(listeners);
  const fire = (set: Set<Listener>) => set.forEach((listener) => listener(undefined as never));
  const self = {
    visible: true,
    hasEditor: false,
    intervalMs: MINUTE,
    state: ready,
    isLoading: false,
    plans: [] as string[],
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
      onDidChange: listen,
      refresh: (plan?: 'parallel' | 'plain') => ask(plan ?? 'parallel'),
      refreshNow: (plan?: 'parallel' | 'plain') => ask(plan === undefined ? 'now' : `${plan} now`),
      reconnect: () => ask('reconnect'),
    },
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
      },
    ],
    intervalMs: () => self.intervalMs,
    onDidChangeInterval: listen,
    onDidFocus: listenTo(focused),
    watchNetwork: listenTo(network),
    clocks: { monotonic: () => Date.now() + clock.monotonic, wall: () => Date.now() + clock.wall },
  });
  const change = (changes: Partial<typeof self>) => {
    Object.assign(self, changes);
    if (['state', 'isLoading', 'intervalMs'].some((name) => name in changes)) {
      fire(listeners);
    }
    if (changes.visible !== undefined) {
      fire(seen);
    }
    if (changes.hasEditor === true) {
      fire(opened);
    }
  };
  const load = (state: InventoryState) => {
    change({ isLoading: true });
    change({ isLoading: false, state });
  };
  const focus = () => fire(focused);
  const changeNetwork = () => fire(network);
  return {
    self,
    autoRefresh,
    change,
    load,
    focus,
    changeNetwork,
    clock,
    subscriptions: () => [listeners, seen, opened, focused, network].reduce((sum, { size }) => sum + size, 0),
    network,
  };
}
