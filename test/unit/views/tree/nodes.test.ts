import assert from 'node:assert/strict';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import type { RunnerNode } from '../../../../src/views/tree/nodes.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { nodesByRunner } from './sampleNodes.ts';

const LOCAL = runnerOf({ id: 'local', name: 'Aaa local', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });

/** Every ID of the tree. */
function idsOf(nodes: readonly RunnerNode[]): string[] {
  return nodes.flatMap(({ treeId, integrations }) => [treeId, ...integrations.map((node) => node.treeId)]);
}

function assertUnique(ids: readonly string[]): void {
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
}

/** The same rows in different orders. */
function shuffled({ runners, integrations }: InventoryData): InventoryData[] {
  const turned = <T>(items: readonly T[], by: number) => [...items.slice(by), ...items.slice(0, by)];
  return [
    { runners: runners.toReversed(), integrations: integrations.toReversed() },
    ...[1, 2, 3].map((by) => ({ runners: turned(runners, by), integrations: turned(integrations, by) })),
  ];
}

describe('the rows of the tree', () => {
  it('are none without runners', () => {
    assert.deepEqual(nodesByRunner({ runners: [], integrations: [] }), []);
  });

  describe('loses no row and repeats no id', () => {
    const cases: [string, InventoryData][] = [
      [
        'without any ids',
        {
          runners: [runnerOf({ name: 'a' }), runnerOf({ name: 'b' })],
          integrations: [integrationOf({}), integrationOf({ host: 'gitlab.com' })],
        },
      ],
      ['without a runner id nor a runner', { runners: [], integrations: [integrationOf({ id: '1' })] }],
      [
        'with repeated ids',
        {
          runners: [runnerOf({ id: 'a', name: 'x' }), runnerOf({ id: 'a', name: 'y' })],
          integrations: [
            integrationOf({ id: '1', runnerId: 'a' }),
            integrationOf({ id: '1', runnerId: 'a', host: 'gitlab.com' }),
            integrationOf({ id: '1', runnerId: 'b' }),
          ],
        },
      ],
      [
        'with ids that look like ordinals',
        {
          runners: ['a', 'a#2', 'a'].map((id, i) => runnerOf({ id, name: String(i) })),
          integrations: ['1', '1#2', '1'].map((id, i) =>
            integrationOf({ id, runnerId: 'a', host: String(i) }),
          ),
        },
      ],
      [
        'with a runner id that looks like a path',
        {
          runners: [runnerOf({ id: 'a' }), runnerOf({ id: 'a/integration:1' })],
          integrations: [integrationOf({ id: '1', runnerId: 'a' })],
        },
      ],
      [
        'with an integration id that looks like a path',
        {
          runners: [runnerOf({ id: 'a' }), runnerOf({ id: 'a/integration:1' })],
          integrations: [
            integrationOf({ id: '1/integration:2', runnerId: 'a' }),
            integrationOf({ id: '2', runnerId: 'a/integration:1' }),
          ],
        },
      ],
    ];
    for (const [name, data] of cases) {
      it(name, () => {
        const nodes = nodesByRunner(data);
        assertUnique(idsOf(nodes));
        assert.deepEqual(
          new Set(nodes.flatMap((node) => node.integrations.map(({ entry }) => entry.integration))),
          new Set(data.integrations),
        );
        assert.ok(data.runners.every((runner) => nodes.some(({ entry }) => entry.runner === runner)));
      });
    }
  });

  describe('stays the same', () => {
    const data: InventoryData = {
      runners: [
        LOCAL,
        runnerOf({ id: 'a', name: 'same name' }),
        runnerOf({ id: 'b', name: 'same name' }),
        runnerOf({ id: 'c', name: 'SAME NAME' }),
        runnerOf({ name: 'no id 1' }),
        runnerOf({ name: 'no id 2' }),
      ],
      integrations: [
        integrationOf({ id: '1', runnerId: 'a' }),
        integrationOf({ id: '2', runnerId: 'a' }),
        integrationOf({ id: '2', runnerId: 'a', scmId: 'gitlab' }),
        integrationOf({ id: '2', runnerId: 'b' }),
        integrationOf({ runnerId: 'b', host: 'x.example' }),
        integrationOf({ runnerId: 'b', host: 'y.example' }),
        integrationOf({ runnerId: 'gone' }),
        integrationOf({ host: 'without.example' }),
      ],
    };

    it('in whatever order the API lists its rows', () => {
      const expected = nodesByRunner(data);
      for (const other of shuffled(data)) {
        assert.deepEqual(nodesByRunner(other), expected);
      }
    });

    it('in its other ids where a row comes or goes', () => {
      const before = idsOf(nodesByRunner(data));
      const more = nodesByRunner({
        runners: [runnerOf({ id: '0', name: 'a new one' }), ...data.runners],
        integrations: [integrationOf({ id: '0', runnerId: 'a', host: 'a.example' }), ...data.integrations],
      });
      const after = idsOf(more);
      assert.deepEqual(
        before.filter((id) => !after.includes(id)),
        [],
      );
      assert.equal(after.length, before.length + 2);
    });

    it('without changing the rows', () => {
      const frozen = {
        runners: Object.freeze([...data.runners]),
        integrations: Object.freeze([...data.integrations]),
      };
      assert.deepEqual(nodesByRunner(frozen), nodesByRunner(data));
    });
  });
});
