import assert from 'node:assert/strict';
import { type Circumstances, type RefreshPlan, refreshPlanOf } from '../../../src/inventory/refreshPlan.ts';

const MINUTE = 60_000;

/** Somebody looks at rows that were loaded a minute ago. */
const USUAL: Circumstances = {
  kind: 'ready',
  mayHelp: true,
  isViewVisible: true,
  isEditorOpen: false,
  isEditorVisible: false,
  unfocusedMs: 0,
  isLive: true,
  sinceLoadMs: MINUTE,
  intervalMs: 5 * MINUTE,
  outageWaitMs: undefined,
  gap: undefined,
};

const plainIn = (inMs: number): RefreshPlan['load'] => ({ plan: 'plain', inMs });
const hidden = { isViewVisible: false };
const besideEditor = { isViewVisible: false, isEditorOpen: true, isEditorVisible: true };
const behindEditor = { isViewVisible: false, isEditorOpen: true };

/** What is different from usual, whether a stream is wanted, and the next load. */
const TABLE: readonly (readonly [
  title: string,
  circumstances: Partial<Circumstances>,
  wantsStream: boolean,
  load: RefreshPlan['load'],
])[] = [
  ['visible: the stream, and the timer as a safety net', {}, true, plainIn(4 * MINUTE)],
  ['the timer is due', { sinceLoadMs: 5 * MINUTE }, true, plainIn(0)],
  ['the timer is overdue', { sinceLoadMs: 50 * MINUTE }, true, plainIn(0)],
  ['no timer', { intervalMs: 0 }, true, undefined],
  ['no live updates', { isLive: false }, false, plainIn(4 * MINUTE)],
  ['neither', { isLive: false, intervalMs: 0 }, false, undefined],
  ['hidden: nothing is asked', hidden, false, undefined],
  ['hidden, and long overdue', { ...hidden, sinceLoadMs: 500 * MINUTE }, false, undefined],
  ['only an editor can be seen: the stream alone', besideEditor, true, undefined],
  ['an editor is open, but behind another', behindEditor, false, undefined],
  ['an editor waits for its first rows', { ...behindEditor, kind: 'failed' }, false, plainIn(4 * MINUTE)],
  ['without focus for 9 minutes', { unfocusedMs: 9 * MINUTE }, true, plainIn(4 * MINUTE)],
  ['without focus for 10 minutes: the timer alone', { unfocusedMs: 10 * MINUTE }, false, plainIn(4 * MINUTE)],
  ['signed out', { kind: 'signedOut', mayHelp: false }, false, undefined],
  ['the first load', { kind: 'loading', mayHelp: false }, false, { plan: 'parallel', inMs: 0 }],
  ['the first load, but nobody looks', { ...hidden, kind: 'loading', mayHelp: false }, false, undefined],
  [
    'the first load, for an editor',
    { ...behindEditor, kind: 'loading', mayHelp: false },
    false,
    { plan: 'parallel', inMs: 0 },
  ],
  ['a key that is refused', { kind: 'stale', mayHelp: false }, false, undefined],
  ['stale rows', { kind: 'stale' }, true, plainIn(4 * MINUTE)],
  ['no rows', { kind: 'failed' }, false, plainIn(4 * MINUTE)],
  [
    'an outage: soon again, and no stream',
    { kind: 'stale', outageWaitMs: 2 * MINUTE },
    false,
    plainIn(MINUTE),
  ],
  ['an outage while hidden', { ...hidden, kind: 'stale', outageWaitMs: MINUTE }, false, undefined],
  ['an outage without a timer', { kind: 'stale', outageWaitMs: MINUTE, intervalMs: 0 }, false, plainIn(0)],
  [
    'the stream was opened: the lists, a minute after the last time',
    { gap: 'events', sinceLoadMs: 20_000 },
    true,
    plainIn(40_000),
  ],
  [
    'the stream was opened long after the last load',
    { gap: 'events', sinceLoadMs: 2 * MINUTE },
    true,
    plainIn(0),
  ],
  ['the stream was opened, without a timer', { gap: 'events', intervalMs: 0 }, true, plainIn(0)],
  ['the stream was opened, for an editor', { ...besideEditor, gap: 'events' }, true, plainIn(0)],
  ['the machine has slept: the lists at once', { gap: 'sleep', sinceLoadMs: 1_000 }, true, plainIn(0)],
  ['the machine has slept, but nobody looks', { ...hidden, gap: 'sleep' }, false, undefined],
  ['events were missed while nobody looks', { ...hidden, gap: 'events' }, false, undefined],
];

describe('the plan of refreshes', () => {
  for (const [title, circumstances, wantsStream, load] of TABLE) {
    it(title, () => {
      const plan = refreshPlanOf({ ...USUAL, ...circumstances });
      assert.deepEqual([plan.wantsStream, plan.load], [wantsStream, load]);
    });
  }

  it('never asks for anything while nothing can be seen and there are rows', () => {
    for (const kind of ['ready', 'stale'] as const) {
      for (const gap of [undefined, 'events', 'sleep'] as const) {
        for (const outageWaitMs of [undefined, 1]) {
          for (const isEditorOpen of [true, false]) {
            const plan = refreshPlanOf({ ...USUAL, ...hidden, kind, gap, outageWaitMs, isEditorOpen });
            assert.deepEqual(plan, { isWatched: false, wantsStream: false, load: undefined });
          }
        }
      }
    }
  });
});
