import assert from 'node:assert/strict';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import {
  type InventoryState,
  NO_DATA,
  type InventoryData,
  SIGNED_OUT,
} from '../../../../src/inventory/model.ts';
import { stateAfter, stateDuring } from '../../../../src/inventory/load/states.ts';
import { IDLE, loadingState, readyState } from '../inventoryStates.ts';
import { apiError } from './memoryClient.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';

const OLD: InventoryData = { runners: [runnerOf({ id: 'a' })], integrations: [] };
const NEW: InventoryData = {
  runners: OLD.runners,
  integrations: [integrationOf({ id: '1', runnerId: 'a' })],
};
const EARLIER = new Date('2026-08-19T08:00:00Z');
const SINCE = new Date('2026-08-19T09:00:00Z');
const FAILING_SINCE = new Date('2026-08-19T10:00:00Z');
const ERROR = apiError({ detail: 'old' });
const NEW_ERROR = apiError({ detail: 'new' });
const CANCELED = apiError({ problem: 'canceled', code: 'canceled' });
const RETRY: Retry = { error: NEW_ERROR, waitMs: 500, askedFor: false };

const loading = loadingState(NO_DATA);
const ready = readyState(OLD, EARLIER);
const stale = {
  ...ready,
  kind: 'stale',
  error: ERROR,
  since: SINCE,
  mayBeIncomplete: true,
} satisfies InventoryState;
const failed = {
  ...IDLE,
  kind: 'failed',
  data: NO_DATA,
  error: ERROR,
  since: SINCE,
  mayBeIncomplete: false,
} satisfies InventoryState;

describe('the state of the inventory', () => {
  describe('while a load runs', () => {
    const well = { data: NEW, retry: undefined, overdueSince: undefined };

    for (const before of [SIGNED_OUT, loading, failed]) {
      it(`after ${before.kind} is loading, with the data as they come`, () => {
        assert.deepEqual(stateDuring(before, well), { ...loadingState(NEW), isLoading: true });
        assert.deepEqual(stateDuring(before, { ...well, data: NO_DATA }), { ...loading, isLoading: true });
      });
    }

    it('that nobody asked for leaves a failure standing until rows come', () => {
      const nothing = { ...well, data: NO_DATA };
      assert.deepEqual(stateDuring(failed, nothing, true), { ...failed, isLoading: true });
      assert.deepEqual(stateDuring(failed, well, true), { ...loadingState(NEW), isLoading: true });
    });

    for (const before of [ready, stale]) {
      it(`after ${before.kind} stays so, isLoading`, () => {
        assert.deepEqual(stateDuring(before, well), { ...before, data: NEW, isLoading: true });
      });
    }

    it('tells of a try that failed', () => {
      const trying = { ...well, retry: RETRY };
      assert.deepEqual(stateDuring(loading, trying), { ...loadingState(NEW), isLoading: true, retry: RETRY });
      for (const before of [ready, stale]) {
        assert.deepEqual(stateDuring(before, trying), {
          ...before,
          data: NEW,
          isLoading: true,
          retry: RETRY,
        });
      }
    });

    describe('whose tries have been failing for long', () => {
      const overdue = { data: NEW, retry: RETRY, overdueSince: FAILING_SINCE };

      it('is stale with rows, for the reason of the last try', () => {
        const trouble = { kind: 'stale', data: NEW, error: NEW_ERROR, mayBeIncomplete: false } as const;
        const trying = { isLoading: true, retry: RETRY, signIns: undefined };
        assert.deepEqual(stateDuring(ready, overdue), {
          ...trouble,
          ...trying,
          asOf: EARLIER,
          since: FAILING_SINCE,
        });
        assert.deepEqual(stateDuring(loading, overdue), {
          ...trouble,
          ...trying,
          asOf: undefined,
          since: FAILING_SINCE,
        });
        assert.deepEqual(stateDuring(stale, overdue), { ...trouble, ...trying, asOf: EARLIER, since: SINCE });
        assert.deepEqual(stateDuring(failed, overdue), {
          ...trouble,
          ...trying,
          asOf: undefined,
          since: SINCE,
        });
      });

      it('has failed without rows, while it is tried again', () => {
        const expected = { ...failed, error: NEW_ERROR, isLoading: true, retry: RETRY };
        const without = { ...overdue, data: NO_DATA };
        assert.deepEqual(stateDuring(loading, without), { ...expected, since: FAILING_SINCE });
        assert.deepEqual(stateDuring(failed, without), { ...expected, since: SINCE });
      });

      it('is as before once nothing is tried again', () => {
        const state = stateDuring(ready, { ...overdue, retry: undefined });
        assert.deepEqual(state, { ...ready, data: NEW, isLoading: true });
      });
    });
  });

  describe('after a load', () => {
    /** Asserts a time between then and now. */
    function assertNow(date: Date, from: number): void {
      assert.ok(date.getTime() >= from && date.getTime() <= Date.now(), String(date));
    }

    for (const before of [SIGNED_OUT, loading, ready, stale, failed]) {
      it(`that succeeded is ready, as of now, after ${before.kind}`, () => {
        const from = Date.now();
        const outcome = { error: undefined, mayBeIncomplete: true };
        const state = stateAfter(before, NEW, outcome, undefined);
        assert.ok(state.kind === 'ready');
        assertNow(state.asOf, from);
        assert.deepEqual(state, readyState(NEW, state.asOf));
      });
    }

    describe('that failed', () => {
      const outcome = { error: NEW_ERROR, mayBeIncomplete: false };

      it('is stale with rows', () => {
        const trouble = { ...stale, data: NEW, error: NEW_ERROR, mayBeIncomplete: false };
        assert.deepEqual(stateAfter(ready, NEW, outcome, FAILING_SINCE), {
          ...trouble,
          asOf: EARLIER,
          since: FAILING_SINCE,
        });
        assert.deepEqual(stateAfter(loading, NEW, outcome, FAILING_SINCE), {
          ...trouble,
          asOf: undefined,
          since: FAILING_SINCE,
        });
        assert.deepEqual(stateAfter(stale, NEW, outcome, FAILING_SINCE), {
          ...trouble,
          asOf: EARLIER,
          since: SINCE,
        });
      });

      for (const mayBeIncomplete of [true, false]) {
        it(`says ${mayBeIncomplete ? '' : 'not '}that only what no runner owns may be missing`, () => {
          const state = stateAfter(loading, NEW, { error: NEW_ERROR, mayBeIncomplete }, undefined);
          assert.ok(state.kind === 'stale');
          assert.equal(state.mayBeIncomplete, mayBeIncomplete);
        });
      }

      it('has failed without rows', () => {
        const expected = { ...failed, error: NEW_ERROR };
        assert.deepEqual(stateAfter(loading, NO_DATA, outcome, FAILING_SINCE), {
          ...expected,
          since: FAILING_SINCE,
        });
        assert.deepEqual(stateAfter(failed, NO_DATA, outcome, FAILING_SINCE), { ...expected, since: SINCE });
      });

      it('is stale with one row of either list', () => {
        assert.equal(
          stateAfter(loading, { ...NO_DATA, runners: NEW.runners }, outcome, undefined).kind,
          'stale',
        );
        const integrations = { ...NO_DATA, integrations: NEW.integrations };
        assert.equal(stateAfter(loading, integrations, outcome, undefined).kind, 'stale');
      });

      it('at once is so since now', () => {
        const from = Date.now();
        const state = stateAfter(ready, NEW, outcome, undefined);
        assert.ok(state.kind === 'stale');
        assertNow(state.since, from);
      });
    });

    describe('that was canceled, or asked only for a part', () => {
      const outcomes = [{ error: CANCELED, mayBeIncomplete: false }, undefined];
      for (const before of [ready, stale]) {
        it(`is as it was, but for its data, if a part was asked for: ${before.kind}`, () => {
          assert.deepEqual(stateAfter(before, NEW, undefined, FAILING_SINCE), { ...before, data: NEW });
        });
      }

      it('is as it was if nothing has arrived', () => {
        for (const before of [ready, stale]) {
          assert.deepEqual(stateAfter(before, before.data, outcomes[0], FAILING_SINCE), before);
        }
      });

      it('is stale if something has arrived, in this load or in one that was stopped before it', () => {
        const expected = { kind: 'stale', error: CANCELED, asOf: EARLIER, since: FAILING_SINCE } as const;
        for (const [before, data] of [
          [ready, NEW],
          [{ ...ready, data: NEW, isMixed: true }, NEW],
        ] as const) {
          const { kind, error, asOf, ...rest } = stateAfter(before, data, outcomes[0], FAILING_SINCE);
          const since = 'since' in rest ? rest.since : undefined;
          assert.deepEqual({ kind, error, asOf, since }, expected);
        }
        assert.deepEqual(stateAfter(stale, NEW, outcomes[0], FAILING_SINCE), { ...stale, data: NEW });
      });

      it('says that only what no runner owns may be missing once each runner has been asked for', () => {
        const before: InventoryState = { ...stale, mayBeIncomplete: false };
        const missing = (data: InventoryData) => {
          const state = stateAfter(before, data, undefined, undefined);
          assert.ok(state.kind === 'stale');
          return !state.mayBeIncomplete;
        };
        const completeRunnerIds = new Set(['a']);
        assert.equal(missing({ ...NEW, completeRunnerIds: new Set() }), true);
        assert.equal(missing({ ...NEW, completeRunnerIds, runnerErrors: new Map([['a', ERROR]]) }), true);
        assert.equal(missing({ ...NEW, completeRunnerIds }), false);
      });

      it('of a part leaves rows that nobody has asked for yet what they are', () => {
        const before = { ...loadingState(OLD), asOf: EARLIER };
        assert.deepEqual(stateAfter(before, NEW, undefined, undefined), { ...before, data: NEW });
      });

      it('says so where there was nothing before', () => {
        const [outcome] = outcomes;
        const withRows = stateAfter(loading, NEW, outcome, FAILING_SINCE);
        assert.deepEqual([withRows.kind, withRows.error?.problem, withRows.data], ['stale', 'canceled', NEW]);
        const without = stateAfter(loading, NO_DATA, outcome, FAILING_SINCE);
        assert.deepEqual([without.kind, without.error], ['failed', CANCELED]);
      });
    });
  });
});
