import assert from 'node:assert/strict';
import type { Runner } from '../../../src/api/runners.ts';
import { versionComparison } from '../../../src/words/versionComparison.ts';
import { runnerOf } from '../inventory/fixtures.ts';
import { groupByRunner } from '../inventory/groupByRunner.ts';

/** What is said of the first of these runners. */
function comparisonOf(...runners: Partial<Runner>[]): string | undefined {
  const entries = groupByRunner({
    runners: runners.map((fields, i) => runnerOf({ id: `${i}`, name: `${i}`, ...fields })),
    integrations: [],
  });
  return versionComparison(entries[0] ?? assert.fail(), entries);
}

const [OLD, NEW] = [{ version: '20260801.9' }, { version: '20260801.120' }];
const STABLE = { releaseChannel: 'RUNNER_RELEASE_CHANNEL_STABLE' };

describe('the version of a runner', () => {
  it('is compared with those of the other runners of its kind', () => {
    assert.equal(comparisonOf(NEW, OLD, OLD), 'newest of 3 AWS EC2 runners');
    assert.equal(comparisonOf(OLD, NEW, OLD), '1 of 3 AWS EC2 runners runs 20260801.120');
    assert.equal(comparisonOf(OLD, NEW, NEW), '2 of 3 AWS EC2 runners run 20260801.120');
    assert.equal(comparisonOf(OLD, OLD), 'the same on all 2 AWS EC2 runners');
    assert.equal(
      comparisonOf({ ...NEW, ...STABLE }, { ...OLD, ...STABLE }, OLD),
      'newest of 2 AWS EC2 runners (stable)',
    );
  });

  it('is not compared with those of another kind, of deleted runners, or without a version', () => {
    for (const other of [
      { provider: 'RUNNER_PROVIDER_GCP', ...NEW },
      { ...NEW, ...STABLE },
      { ...NEW, phase: 'RUNNER_PHASE_DELETED' },
      { ...NEW, phase: 'RUNNER_PHASE_DELETING' },
      { version: '' },
      { version: 'nightly' },
    ]) {
      assert.equal(comparisonOf(OLD, other), undefined, JSON.stringify(other));
    }
    assert.equal(comparisonOf({ version: 'nightly' }, OLD, NEW), undefined);
    assert.equal(comparisonOf(OLD), undefined);
  });
});
