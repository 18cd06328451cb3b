import assert from 'node:assert/strict';
import type { Change } from '../../../src/inventory/changes.ts';
import { ChangeMarks } from '../../../src/inventory/changeMarks.ts';
import {
  changedRunner,
  fieldChange,
  integrationPresence,
  methodChange,
  minutes,
  phaseChange,
  runnerPresence,
  SEEN,
  versionChange,
} from './changeSamples.ts';

const added = integrationPresence('integrationAdded');
const removed = integrationPresence('integrationRemoved');

describe('the mark of a row', () => {
  let marks: ChangeMarks;
  let redrawn: number;

  beforeEach(() => {
    marks = new ChangeMarks();
    redrawn = 0;
    marks.onDidChange(() => redrawn++);
  });

  const markOf = ({ key }: Change) => marks.of(key);

  const cases: [string, Change[], Change, 'new' | 'changed' | undefined][] = [
    ['is "new" for an integration that was added', [added], added, 'new'],
    ['is "changed" for one whose method was turned off', [methodChange('oauth', false)], added, 'changed'],
    [
      'is "changed" for a runner',
      [phaseChange('r', 'ACTIVE', 'INACTIVE')],
      versionChange('r', '1', '2'),
      'changed',
    ],
    ['stays "new" if it changes', [added, methodChange('oauth', false)], added, 'new'],
    ['falls away with its item', [added, removed], added, undefined],
    ['comes back with its item', [removed, added], added, 'new'],
    [
      'is none for an item that only another key sees',
      [integrationPresence('integrationAdded', { byVisibility: true })],
      added,
      undefined,
    ],
    ['falls away with its runner', [added, runnerPresence('runnerRemoved', 'us-staging')], added, undefined],
    ['does not fall away with another runner', [added, runnerPresence('runnerRemoved', 'us')], added, 'new'],
  ];
  for (const [title, changes, of, expected] of cases) {
    it(title, () => {
      marks.note(changes);
      assert.equal(markOf(of)?.kind, expected);
      assert.equal(redrawn, 1);
    });
  }

  it('has the time of the last change', () => {
    marks.note([methodChange('oauth', false), methodChange('pat', false, { at: minutes(3) })]);
    assert.deepEqual(markOf(added), { kind: 'changed', at: minutes(3) });
  });

  it('goes along if the host changes, and is not left behind', () => {
    marks.note([added]);
    const moved = fieldChange('host', 'gitlab.acme.example', 'git.acme.example', {
      host: 'git.acme.example',
    });
    marks.note([moved]);
    assert.deepEqual([markOf(moved), markOf(added), marks.size], [{ kind: 'new', at: SEEN }, undefined, 1]);
  });

  it('falls away once somebody has looked at the row, and others stay', () => {
    const other = integrationPresence('integrationAdded', { runner: changedRunner('eu') });
    marks.note([added, other]);
    marks.seen(added.key);
    assert.deepEqual([markOf(added), markOf(other)?.kind, redrawn], [undefined, 'new', 2]);
    marks.seen(added.key);
    assert.equal(redrawn, 2);
  });

  it('falls away with all others once somebody has looked at all changes', () => {
    marks.note([added, phaseChange('r', 'ACTIVE', 'INACTIVE')]);
    marks.allSeen();
    assert.deepEqual([marks.size, redrawn], [0, 2]);
    marks.allSeen();
    assert.equal(redrawn, 2);
  });

  it('is drawn only if there is a change', () => {
    marks.note([]);
    assert.equal(redrawn, 0);
  });
});
