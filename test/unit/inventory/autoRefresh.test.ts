import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import { AutoRefresh } from '../../../src/inventory/autoRefresh.ts';
import { type InventoryState, NO_DATA } from '../../../src/inventory/model.ts';
import { IDLE, loadingState, readyState } from './inventoryStates.ts';

const MINUTE = 60_000;

const stateOf = (problem: 'keyRefused' | 'unavailable'): InventoryState => ({
  ...IDLE,
  kind: 'failed',
  data: NO_DATA,
  error: new OnaApiError({ problem, code: 'unknown', method: 'ListRunners', host: 'api.example' }),
  since: new Date(),
  mayBeIncomplete: false,
});

const ready: InventoryState = readyState(NO_DATA);

/** An inventory controlled by the test, and the number of refreshes requested. */
function world() {
  type Listener = (event: never) => unknown;
  const [listeners, seen, opened] = [new Set<Listener>(), new Set<Listener>(), new Set<Listener>()];
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
      refreshNow: () => ask('now'),
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
  return { self, autoRefresh, change, load, listeners, seen, opened };
}

describe('refreshing without being asked', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  it('refreshes by the plain plan, an interval after the last load has ended', () => {
    const { self, load } = world();
    mock.timers.tick(MINUTE / 2);
    load(ready);
    mock.timers.tick(MINUTE - 1);
    assert.deepEqual(self.plans, []);
    mock.timers.tick(1);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('does nothing while a load runs, or while nobody looks', () => {
    const { self, load, change } = world();
    load(ready);
    change({ isLoading: true });
    mock.timers.tick(10 * MINUTE);
    change({ isLoading: false, visible: false });
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
  });

  it('refreshes at once when somebody looks again after more than an interval', () => {
    const { self, load, change } = world();
    load(ready);
    change({ visible: false });
    mock.timers.tick(10 * MINUTE);
    change({ visible: true });
    mock.timers.tick(0);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('goes on after a failure, but not with a key that was refused', () => {
    const { self, load } = world();
    load(stateOf('unavailable'));
    mock.timers.tick(MINUTE);
    assert.deepEqual(self.plans, ['plain']);
    load(stateOf('keyRefused'));
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('follows the setting, 0 for never', () => {
    const { self, load, change } = world();
    load(ready);
    change({ intervalMs: 0 });
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
    change({ intervalMs: 20 * MINUTE });
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, ['plain']);
  });

  describe('for the first time', () => {
    const loading = loadingState(NO_DATA);

    it('happens at once if somebody looks, by the parallel plan, and once', () => {
      const { self, change } = world();
      change({ state: loading });
      change({ state: { ...loading } });
      assert.deepEqual(self.plans, ['parallel']);
    });

    it('waits until somebody looks, who then does not wait for a load that backs off', () => {
      const { self, change } = world();
      change({ visible: false });
      change({ state: loading });
      assert.deepEqual(self.plans, []);
      change({ visible: true });
      assert.deepEqual(self.plans, ['now']);
      change({ isLoading: true, visible: false });
      self.plans.length = 0;
      change({ visible: true });
      assert.deepEqual(self.plans, ['now']);
    });

    it('happens anew for an editor that opens after a failure, but not with a key that was refused', () => {
      const { self, change } = world();
      change({ visible: false, state: stateOf('unavailable') });
      change({ hasEditor: true });
      assert.deepEqual(self.plans, ['now']);
      change({ state: stateOf('keyRefused') });
      change({ hasEditor: true });
      assert.deepEqual(self.plans, ['now']);
    });

    it('happens for an open editor too, which has nothing refreshed afterwards', () => {
      const { self, change, load } = world();
      change({ visible: false, hasEditor: true });
      change({ state: loading });
      assert.deepEqual(self.plans, ['parallel']);
      load(ready);
      mock.timers.tick(10 * MINUTE);
      assert.deepEqual(self.plans, ['parallel']);
    });

    it('happens again for another key', async () => {
      const { self, change, load } = world();
      change({ state: loading });
      load(ready);
      self.endLoad();
      await setImmediate();
      change({ state: loading });
      assert.deepEqual(self.plans, ['parallel', 'parallel']);
    });

    it('happens though the interval is 0', () => {
      const { self, change } = world();
      change({ state: loading, intervalMs: 0 });
      assert.deepEqual(self.plans, ['parallel']);
    });
  });

  it('ends with its window', () => {
    const { self, autoRefresh, load, listeners, seen, opened } = world();
    load(ready);
    autoRefresh.dispose();
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
    assert.equal(listeners.size + seen.size + opened.size, 0);
  });
});
