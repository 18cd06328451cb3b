import assert from 'node:assert/strict';
import { Filter } from '../../../../src/inventory/filter.ts';
import { groupSteps } from '../../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { nodeSteps } from '../../../../src/views/tree/nodes.ts';
import { layoutSteps, type TreeOptions } from '../../../../src/views/tree/treeLayout.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { WORDS } from '../../inventory/filterWords.ts';

const COUNT = 10_000;

/** How often the host or id of an integration has been read. */
let reads = 0;

function countingReads(fields: { id: string; host: string }) {
  const { id, host } = fields;
  const read = (value: string) => ({ enumerable: true, get: () => (reads++, value) });
  return Object.defineProperties(integrationOf({ ...fields, runnerId: 'eu', scmId: 'gitlab' }), {
    id: read(id),
    host: read(host),
  });
}

/** One runner, whose integrations are in no order. */
const DATA: InventoryData = {
  runners: [runnerOf({ id: 'eu', name: 'eu' })],
  integrations: Array.from({ length: COUNT }, (_, i) =>
    countingReads({ id: `id-${i}`, host: `git-${(i * 7919) % COUNT}.example` }),
  ),
};

/** The result, and the most reads between two pauses. */
function run<T>(steps: Generator<void, T, undefined>) {
  let most = 0;
  for (;;) {
    reads = 0;
    const step = steps.next();
    most = Math.max(most, reads);
    if (step.done === true) {
      return { value: step.value, most };
    }
  }
}

describe('a runner with 10,000 integrations', () => {
  it('is sorted in steps, and also compared in steps with the last ones', () => {
    const { value: entries, most } = run(groupSteps(DATA));
    assert.deepEqual(
      entries[0]?.integrations.map(({ hostKey }) => hostKey),
      Array.from({ length: COUNT }, (_, i) => `git-${i}.example`),
    );
    // A thousand are sorted with ten thousand comparisons, each of two hosts, twice where they are equal.
    assert.ok(most <= 40_000, `${most} reads`);
    const again = run(groupSteps({ ...DATA }, entries));
    assert.equal(again.value[0], entries[0]);
    assert.ok(again.most <= 40_000, `${again.most} reads`);
  });

  const layouts: Record<string, TreeOptions> = {
    'grouped by host': { grouping: 'host', filter: undefined },
    'grouped by provider': { grouping: 'provider', filter: undefined },
    filtered: { grouping: 'runner', filter: Filter.parse('host:git id:9', WORDS) },
  };
  for (const [name, options] of Object.entries(layouts)) {
    it(`is ${name} in steps`, () => {
      const nodes = atOnce(nodeSteps(atOnce(groupSteps(DATA))));
      const { value, most } = run(layoutSteps(nodes, options));
      assert.ok(value.integrations.shown > 0);
      // Each row is read a few times. Without pauses, it would be every one of them.
      assert.ok(most > 0 && most < COUNT, `${most} reads`);
    });
  }
});
