import assert from 'node:assert/strict';
import type { Change } from '../../../src/inventory/changes.ts';
import { type LoggedChange, mergedChanges } from '../../../src/inventory/mergedChanges.ts';
import { methodChange, minutes, phaseChange } from './changeSamples.ts';

/** What a window has seen, as the log has it. */
function seen(window: string, ...changes: Change[]): LoggedChange[] {
  return changes.map((change, i) => ({ change, seenBy: [`${window}:${i}`] }));
}

/** A runner that goes offline or comes back, seen by a load that ended so many minutes after another one. */
const goes = (phase: 'INACTIVE' | 'ACTIVE', since: number, at: number) =>
  phaseChange('r1', phase === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE', phase, {
    since: minutes(since),
    at: minutes(at),
  });

/** The phases, newest first, with the minutes between which they began. */
const said = (log: readonly LoggedChange[]) =>
  log.map(({ change }) => {
    const phase = 'new' in change ? change.new.replace('RUNNER_PHASE_', '') : change.kind;
    const minute = (time: Date) => (time.getTime() - minutes(0).getTime()) / 60_000;
    return `${phase} ${minute(change.since)}-${minute(change.at)}`;
  });

describe('what two windows have seen', () => {
  const cases: [string, Change[], Change[], string[]][] = [
    [
      'is there once if both saw it happen, between the latest time before and the earliest one after',
      [goes('INACTIVE', 0, 5)],
      [goes('INACTIVE', 3, 8)],
      ['INACTIVE 3-5'],
    ],
    [
      'is there once if both have compared with the same earlier rows',
      [goes('INACTIVE', -900, 0)],
      [goes('INACTIVE', -900, 40)],
      ['INACTIVE -900-0'],
    ],
    [
      'is there once though one began to read before the change that the other had read when it ended',
      [goes('INACTIVE', 0, 5)],
      [goes('INACTIVE', -5, -0.5)],
      ['INACTIVE -0.5--0.5'],
    ],
    [
      'is there twice if it cannot have been the same',
      [goes('INACTIVE', 0, 5)],
      [goes('INACTIVE', 10, 15)],
      ['INACTIVE 10-15', 'INACTIVE 0-5'],
    ],
    [
      'is there as often as each has seen it',
      [goes('INACTIVE', 0, 1), goes('ACTIVE', 1, 2), goes('INACTIVE', 2, 3)],
      [goes('INACTIVE', 0.5, 1.5), goes('ACTIVE', 1.5, 2.5), goes('INACTIVE', 2.5, 3.5)],
      ['INACTIVE 2.5-3', 'ACTIVE 1.5-2', 'INACTIVE 0.5-1'],
    ],
    [
      'is there as often as the one that looked more often has seen it',
      [goes('INACTIVE', 0, 1), goes('ACTIVE', 1, 2), goes('INACTIVE', 2, 3)],
      [goes('INACTIVE', 0, 3)],
      ['INACTIVE 2-3', 'ACTIVE 1-2', 'INACTIVE 0-1'],
    ],
    [
      'is there twice if the first time was over when it happened again, though nobody knows exactly when',
      [goes('INACTIVE', -900, 0), goes('ACTIVE', -900, 5)],
      [goes('INACTIVE', -900, 40)],
      ['INACTIVE -900-40', 'ACTIVE -900-5', 'INACTIVE -900-0'],
    ],
    [
      'is there twice if it was something else',
      [methodChange('oauth', false)],
      [methodChange('pat', false)],
      ['methodChanged -1-0', 'methodChanged -1-0'],
    ],
    [
      'is there twice if one was undone',
      [methodChange('oauth', false)],
      [methodChange('oauth', true)],
      ['methodChanged -1-0', 'methodChanged -1-0'],
    ],
  ];
  for (const [title, first, second, expected] of cases) {
    it(title, () => {
      const log = mergedChanges(mergedChanges([], seen('a', ...first)), seen('b', ...second));
      assert.deepEqual(said(log), expected);
      // Whoever writes again adds nothing.
      assert.deepEqual(mergedChanges(mergedChanges(log, seen('a', ...first)), seen('b', ...second)), log);
    });
  }

  it('is there twice if one window has seen it twice', () => {
    const log = mergedChanges([], seen('a', goes('INACTIVE', 0, 1), goes('INACTIVE', 1, 2)));
    assert.deepEqual(said(log), ['INACTIVE 1-2', 'INACTIVE 0-1']);
  });

  it('is the last 500, newest first, and those of one load in their order', () => {
    const own = Array.from({ length: 300 }, (_, i) => [
      phaseChange(`a${i}`, 'ACTIVE', 'INACTIVE', { at: minutes(i) }),
      phaseChange(`b${i}`, 'ACTIVE', 'INACTIVE', { at: minutes(i) }),
    ]).flat();
    const ids = mergedChanges([], seen('a', ...own)).map(({ change }) => change.runner.id);
    assert.equal(ids.length, 500);
    assert.deepEqual([...ids.slice(0, 4), ...ids.slice(-2)], ['a299', 'b299', 'a298', 'b298', 'a50', 'b50']);
  });
});
