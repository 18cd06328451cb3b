import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Rows } from '../../../../src/inventory/model.ts';
import { groupSteps, type RunnerNode } from '../../../../src/views/tree/nodes.ts';
import { groupByRunner } from './groupByRunner.ts';
import { apiError } from '../../inventory/memoryClient.ts';
import { integrationOf, runnerOf } from '../../inventory/rows.ts';

/** The nodes, and how often it paused on the way. */
function run(rows: Rows) {
  const steps = groupSteps(rows);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done === true) {
      return { nodes: value, pauses };
    }
  }
}

/** So few, and some of them equal, that all that can coincide does. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'gone', '');
const rows: fc.Arbitrary<Rows> = fc
  .record({
    runners: fc.array(
      fc.record({
        id,
        name: fc.constantFrom('x', 'X', 'x 2', 'x 10', ''),
        kind: fc.constantFrom('RUNNER_KIND_REMOTE', 'RUNNER_KIND_LOCAL_CONFIGURATION'),
      }),
    ),
    integrations: fc.array(fc.record({ id, runnerId: id, host: fc.constantFrom('a.example', 'b.example') })),
    failed: fc.subarray(['a', 'b', 'gone']),
    loaded: fc.option(fc.subarray(['a', 'b', 'c'])),
  })
  .map(({ runners, integrations, failed, loaded }) => ({
    runners: runners.map(runnerOf),
    integrations: integrations.map(integrationOf),
    ...(failed.length > 0 && { failedRunners: new Map(failed.map((runnerId) => [runnerId, apiError()])) }),
    ...(loaded !== null && { loadedRunners: new Set(loaded) }),
  }));

describe('grouping in steps', () => {
  /** What holds of every tree; worked out here in another way than there. */
  function assertTree(nodes: readonly RunnerNode[], { runners, integrations }: Rows): void {
    const listed = nodes.flatMap(({ runner }) => (runner === undefined ? [] : [runner]));
    assert.deepEqual(new Set(listed), new Set(runners));
    assert.equal(listed.length, runners.length);
    const grouped = nodes.flatMap((node) => node.integrations.map(({ integration }) => integration));
    assert.deepEqual(new Set(grouped), new Set(integrations));
    assert.equal(grouped.length, integrations.length);
    const ids = nodes.flatMap((node) => [node.id, ...node.integrations.map((child) => child.id)]);
    assert.equal(new Set(ids).size, ids.length);

    const ranks = nodes.map(({ role }) => (role === 'unknown' ? 2 : Number(role === 'local')));
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    nodes.forEach((node, i) => {
      assert.ok(node.integrations.every(({ integration }) => integration.runnerId === node.runnerId));
      const [rank = 0, last = 0] = [ranks[i], ranks[i - 1]];
      const text = (one?: RunnerNode) => one?.runner?.name ?? one?.runnerId ?? '';
      assert.ok(i === 0 || rank > last || (rank === last && compare(text(nodes[i - 1]), text(node)) <= 0));
      node.integrations.forEach(({ integration }, j) => {
        const before = node.integrations[j - 1];
        assert.ok(before === undefined || compare(before.integration.host, integration.host) <= 0);
      });
    });
  }

  it('gives a whole tree in its order, the same as grouping at once', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { nodes } = run(some);
        assertTree(nodes, some);
        assert.deepEqual(nodes, groupByRunner(some));
      }),
    );
  });

  it('gives a tree of many rows, and pauses on the way', () => {
    const many: Rows = {
      runners: Array.from({ length: 2600 }, (_, i) =>
        runnerOf({ id: `r${i}`, name: `runner-${(i * 7919) % 2600}` }),
      ),
      integrations: Array.from({ length: 6000 }, (_, i) =>
        integrationOf({ id: `i${i}`, runnerId: `r${i % 3000}`, host: `${i}.example` }),
      ),
    };
    const { nodes, pauses } = run(many);
    assertTree(nodes, many);
    assert.equal(nodes.length, 3000);
    // A pause for every 250 nodes, and more for what comes before them.
    assert.ok(pauses >= 12, `${pauses} pauses`);
  });

  it('shows the failure of just the runners that have one', () => {
    const error = apiError();
    const { nodes } = run({
      runners: [runnerOf({ id: 'a' }), runnerOf({ id: 'b' })],
      integrations: [integrationOf({ id: '1', runnerId: 'a' })],
      failedRunners: new Map([['a', error]]),
    });
    const [a, b] = nodes;
    assert.deepEqual(a?.failure, { kind: 'failure', id: `${a?.id ?? ''}/failure`, error });
    assert.equal(a.integrations.length, 1, 'beside the last good ones');
    assert.equal(b?.failure, undefined);
  });

  it('says of which runners more may come', () => {
    const runners = [runnerOf({ id: 'a' }), runnerOf({ id: 'b' })];
    const pending = (some: Rows) => run(some).nodes.map(({ integrationsPending }) => integrationsPending);
    assert.deepEqual(pending({ runners, integrations: [], loadedRunners: new Set(['b']) }), [true, false]);
    assert.deepEqual(pending({ runners, integrations: [] }), [false, false]);
  });
});
