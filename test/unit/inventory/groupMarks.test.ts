import assert from 'node:assert/strict';
import type { InventoryData, LeftOutItem } from '../../../src/inventory/model.ts';
import { groupSteps, type RunnerEntry } from '../../../src/inventory/groups.ts';
import { atOnce } from '../base/atOnce.ts';
import { groupByRunner } from './groupByRunner.ts';
import { integrationOf, runnerOf } from './fixtures.ts';

describe('grouping by runner', () => {
  it('marks integrations of a runner for the same host, as long as there are several', () => {
    const runners = [runnerOf({ id: 'a' })];
    const integrations = [
      integrationOf({ id: '1', runnerId: 'a', host: 'gitlab.example' }),
      integrationOf({ id: '2', runnerId: 'a', host: 'https://GitLab.example.:443/' }),
      integrationOf({ id: '3', runnerId: 'a', host: 'gitlab.example:8443' }),
      integrationOf({ id: '4', runnerId: 'gone', host: 'gitlab.example' }),
      integrationOf({ id: '5', runnerId: 'gone', host: 'gitlab.example' }),
      integrationOf({ id: '6', runnerId: 'other', host: 'gitlab.example' }),
      integrationOf({ id: '7', runnerId: 'other', host: '' }),
      integrationOf({ id: '8', runnerId: 'other', host: '' }),
    ];
    const marked = (entries: readonly RunnerEntry[]) =>
      entries.flatMap((entry) =>
        entry.integrations.filter(({ hasDuplicate }) => hasDuplicate).map(({ ref }) => ref.id),
      );
    const before = groupByRunner({ runners, integrations });
    assert.deepEqual(marked(before).sort(), ['1', '2', '4', '5']);
    const again = atOnce(groupSteps({ runners, integrations: [...integrations] }, before));
    assert.ok(again.every((entry, i) => entry === before[i]));
    const fewer = integrations.filter(({ id }) => id !== '2');
    const after = atOnce(groupSteps({ runners, integrations: fewer }, before));
    assert.deepEqual(marked(after).sort(), ['4', '5']);
    assert.deepEqual(
      after.map((entry, i) => entry === before[i]),
      [false, true, true],
    );
  });

  describe('of integrations that could not be read, says', () => {
    const asOf = new Date();
    const runners = [runnerOf({ id: 'a', name: 'a' }), runnerOf({ id: 'b', name: 'b' })];
    const integrations = [integrationOf({ id: '1', runnerId: 'a' })];
    const ofRunner = (runnerId: string, key: string) => ({ fault: 'pat is not boolean', runnerId, key });
    const withLeftOut = (...items: readonly LeftOutItem[]): InventoryData => ({
      runners,
      integrations,
      leftOut: { runners: [], integrations: items, asOf },
    });
    const seen = (data: InventoryData) =>
      groupByRunner(data).map(({ isComplete, leftOut }) => ({ isComplete, leftOut }));

    it('how many each runner has', () => {
      assert.deepEqual(seen(withLeftOut(ofRunner('b', '1'), ofRunner('b', '2'))), [
        { isComplete: true, leftOut: 0 },
        { isComplete: true, leftOut: 2 },
      ]);
    });

    it('that a runner without any may have one whose runner is not known', () => {
      assert.deepEqual(seen(withLeftOut({ fault: 'runnerId is not string', key: '1' })), [
        { isComplete: true, leftOut: 0 },
        { isComplete: false, leftOut: 0 },
      ]);
    });

    it('what has changed, and keeps the entries of other runners', () => {
      const before = groupByRunner(withLeftOut());
      const after = atOnce(groupSteps(withLeftOut(ofRunner('b', '1')), before));
      assert.deepEqual(
        after.map((entry, i) => entry === before[i]),
        [true, false],
      );
    });
  });
});
