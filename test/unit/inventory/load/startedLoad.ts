import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import { type InventoryState, NO_DATA } from '../../../../src/inventory/model.ts';
import { LoadRun, type LoadRunOptions } from '../../../../src/inventory/load/loadRun.ts';
import { loadingState, readyState } from '../inventoryStates.ts';
import { apiError, listsOf, MemoryClient, type PageCall } from './memoryClient.ts';

export const LISTS = listsOf({ runners: 3, integrations: 5 });
export const LOADING = loadingState(NO_DATA);
export const READY = readyState(LISTS, new Date(0));
export const LOST = apiError({ problem: 'connectionLost', code: 'unavailable' });
export const RETRY: Retry = { error: LOST, waitMs: 500, askedFor: false };

/** When each test starts, on its clock. */
export const START = new Date('2026-08-19T08:00:00Z');

/** Loads on a clock that advances only by `tick`, unlike promises and `setImmediate`. Call within `describe`. */
export function startedLoads() {
  let running: LoadRun | undefined;

  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START }));

  afterEach(() => {
    running?.drop();
    mock.timers.reset();
  });

  return {
    /** Lets pending work finish, then `ms` pass, then the work that follows. */
    tick: async (ms = 0) => {
      await setImmediate();
      mock.timers.tick(ms);
      await setImmediate();
    },

    /** Starts a load; returns its published states, and whether the last was marked as the last. */
    start: (
      answer: (call: PageCall) => Promise<void> | undefined,
      { before = LOADING, publish, ...options }: Partial<LoadRunOptions> = {},
    ) => {
      const states: InventoryState[] = [];
      const logged: Error[] = [];
      let ended: { readonly isComplete: boolean } | undefined;
      running = new LoadRun({
        client: new MemoryClient(LISTS, answer),
        whenSubjectKnown: () => Promise.resolve(undefined),
        before,
        plan: { kind: 'all', plan: 'plain' },
        publish: (state) => {
          assert.equal(ended, undefined, 'a state after the last');
          states.push(state);
          publish?.(state);
        },
        end: (state, isComplete) => {
          assert.equal(ended, undefined, 'two ends');
          states.push(state);
          ended = { isComplete };
        },
        log: (error) => logged.push(error),
        ...options,
      });
      const last = () => states.at(-1) ?? assert.fail('no state');
      return { running, states, last, logged, ended: () => ended };
    },
  };
}
