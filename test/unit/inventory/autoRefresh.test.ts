import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { NO_DATA } from '../../../src/inventory/model.ts';
import { autoRefreshWorld, MINUTE, ready, stateOf } from './autoRefreshWorld.ts';
import { loadingState } from './inventoryStates.ts';

/** How often elapsed time is checked. */
const CHECK_MS = 5_000;

describe('refreshing without being asked', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  it('refreshes by the plain plan, an interval after the last load has ended', () => {
    const { self, load } = autoRefreshWorld();
    mock.timers.tick(MINUTE / 2);
    load(ready);
    mock.timers.tick(MINUTE - 1);
    assert.deepEqual(self.plans, []);
    mock.timers.tick(1);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('does nothing while a load runs, or while nobody looks', () => {
    const { self, load, change } = autoRefreshWorld();
    load(ready);
    change({ isLoading: true });
    mock.timers.tick(10 * MINUTE);
    change({ isLoading: false, visible: false });
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
  });

  it('refreshes at once when somebody looks again after more than an interval', () => {
    const { self, load, change } = autoRefreshWorld();
    load(ready);
    change({ visible: false });
    mock.timers.tick(10 * MINUTE);
    change({ visible: true });
    mock.timers.tick(0);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('goes on after a failure, but not with a key that was refused', () => {
    const { self, load } = autoRefreshWorld();
    load(stateOf('unavailable'));
    mock.timers.tick(MINUTE);
    assert.deepEqual(self.plans, ['plain']);
    load(stateOf('keyRefused'));
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('does not go on after more than the extension reads, until a person asks', () => {
    for (const [problem, code] of [
      ['answerTooLarge', 'resource_exhausted'],
      ['unexpectedAnswer', 'resource_exhausted'],
    ] as const) {
      for (const kind of ['failed', 'stale'] as const) {
        const { self, load, focus } = autoRefreshWorld();
        load(stateOf(problem, kind, 0, code));
        mock.timers.tick(10 * MINUTE);
        focus();
        mock.timers.tick(10 * MINUTE);
        assert.deepEqual(self.plans, []);
        // *Retry* has succeeded.
        load(ready);
        mock.timers.tick(MINUTE);
        assert.deepEqual(self.plans, ['plain']);
      }
    }
  });

  it('goes on after a limit of the API, and after an answer that it did not understand', () => {
    const { self, load } = autoRefreshWorld();
    load(stateOf('limit', 'stale', 429, 'resource_exhausted'));
    mock.timers.tick(MINUTE);
    load(stateOf('unexpectedAnswer', 'stale', 200, 'data_loss'));
    mock.timers.tick(MINUTE);
    assert.deepEqual(self.plans, ['plain', 'plain']);
  });

  it('goes on for an open panel that has nothing to show', () => {
    const { self, load, change } = autoRefreshWorld();
    change({ visible: false, hasEditor: true });
    for (const problem of ['intermediary', 'unavailable'] as const) {
      load(stateOf(problem));
      mock.timers.tick(MINUTE - 1);
      assert.deepEqual(self.plans, [], problem);
      mock.timers.tick(1);
      assert.deepEqual(self.plans.splice(0), ['plain'], problem);
    }
    for (const state of [stateOf('intermediary', 'stale'), stateOf('keyRefused'), ready]) {
      load(state);
      mock.timers.tick(10 * MINUTE);
      assert.deepEqual(self.plans, [], state.error?.problem);
    }
  });

  it('follows the setting, 0 for never', () => {
    const { self, load, change } = autoRefreshWorld();
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
      const { self, change } = autoRefreshWorld();
      change({ state: loading });
      change({ state: { ...loading } });
      assert.deepEqual(self.plans, ['parallel']);
    });

    it('waits until somebody looks, who then does not wait for a load that backs off', () => {
      const { self, change } = autoRefreshWorld();
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
      const { self, change } = autoRefreshWorld();
      change({ visible: false, state: stateOf('unavailable') });
      change({ hasEditor: true });
      assert.deepEqual(self.plans, ['now']);
      change({ state: stateOf('keyRefused') });
      change({ hasEditor: true });
      assert.deepEqual(self.plans, ['now']);
    });

    it('happens for an open editor too, which has nothing refreshed afterwards', () => {
      const { self, change, load } = autoRefreshWorld();
      change({ visible: false, hasEditor: true });
      change({ state: loading });
      assert.deepEqual(self.plans, ['parallel']);
      load(ready);
      mock.timers.tick(10 * MINUTE);
      assert.deepEqual(self.plans, ['parallel']);
    });

    it('happens again for another key', async () => {
      const { self, change, load } = autoRefreshWorld();
      change({ state: loading });
      load(ready);
      self.endLoad();
      await setImmediate();
      change({ state: loading });
      assert.deepEqual(self.plans, ['parallel', 'parallel']);
    });

    it('happens though the interval is 0', () => {
      const { self, change } = autoRefreshWorld();
      change({ state: loading, intervalMs: 0 });
      assert.deepEqual(self.plans, ['parallel']);
    });
  });

  describe('does not trust a clock', () => {
    it('that is set back by four hours', () => {
      const { self, load, clock } = autoRefreshWorld();
      load(ready);
      mock.timers.tick(MINUTE / 2);
      clock.wall = -240 * MINUTE;
      mock.timers.tick(MINUTE / 2);
      assert.deepEqual(self.plans, ['plain']);
    });

    it('that stands still while the machine sleeps', () => {
      const { self, load, clock } = autoRefreshWorld();
      load(ready);
      // Timers stand still too: right after waking up, only a few seconds of the interval have passed for them.
      mock.timers.tick(1000);
      clock.wall = 8 * 60 * MINUTE;
      mock.timers.tick(CHECK_MS);
      assert.deepEqual(self.plans, ['plain']);
    });
  });

  it('ends with its window', () => {
    const { self, autoRefresh, load, subscriptions } = autoRefreshWorld();
    load(stateOf('hostNotFound'));
    autoRefresh.dispose();
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
    assert.equal(subscriptions(), 0);
  });
});
