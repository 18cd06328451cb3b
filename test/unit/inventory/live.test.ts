import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { OnaApiError } from '../../../src/api/errors.ts';
import { Live } from '../../../src/inventory/live.ts';
import { type InventoryState, NO_ROWS } from '../../../src/inventory/model.ts';
import { IDLE, readyState } from './inventoryStates.ts';

const MINUTE = 60_000;

const stateOf = (problem: 'keyRefused' | 'unavailable'): InventoryState => ({
  ...IDLE,
  kind: 'failed',
  rows: NO_ROWS,
  error: new OnaApiError({ problem, code: 'unknown', method: 'ListRunners', host: 'api.example' }),
  since: new Date(),
  mayBeIncomplete: false,
});

const ready: InventoryState = readyState(NO_ROWS);

/** An inventory that a test moves by hand, and how often it was asked to refresh. */
function world() {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  };
  const self = { visible: true, intervalMs: MINUTE, state: ready, isLoading: false, plans: [] as string[] };
  const live = new Live({
    inventory: {
      get state() {
        return self.state;
      },
      get isLoading() {
        return self.isLoading;
      },
      onDidChange: listen,
      refresh(plan) {
        self.plans.push(plan);
        return Promise.resolve();
      },
    },
    view: {
      get visible() {
        return self.visible;
      },
      onDidChangeVisibility: listen,
    },
    intervalMs: () => self.intervalMs,
    onDidChangeInterval: listen,
  });
  const change = (changes: Partial<typeof self>) => {
    Object.assign(self, changes);
    listeners.forEach((listener) => listener());
  };
  const load = (state: InventoryState) => {
    change({ isLoading: true });
    change({ isLoading: false, state });
  };
  return { self, live, change, load, listeners };
}

describe('live', () => {
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

  it('ends with its window', () => {
    const { self, live, load, listeners } = world();
    load(ready);
    live.dispose();
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
    assert.equal(listeners.size, 0);
  });
});
