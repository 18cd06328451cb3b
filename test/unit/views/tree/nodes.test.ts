import assert from 'node:assert/strict';
import type { Rows } from '../../../../src/inventory/model.ts';
import type { RunnerNode } from '../../../../src/views/tree/nodes.ts';
import { groupByRunner } from './groupByRunner.ts';
import { integrationOf, runnerOf } from '../../inventory/rows.ts';

const LOCAL = runnerOf({ id: 'local', name: 'Aaa local', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });

/** Every id of the tree. */
function idsOf(nodes: readonly RunnerNode[]): string[] {
  return nodes.flatMap(({ id, integrations }) => [id, ...integrations.map((node) => node.id)]);
}

/** The tree in words. */
function outline(nodes: readonly RunnerNode[]) {
  return nodes.map(({ runnerId, integrations }) => [
    runnerId,
    ...integrations.map(({ integration }) => integration.host),
  ]);
}

function assertUnique(ids: readonly string[]): void {
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
}

/** The same rows in other orders. */
function shuffled({ runners, integrations }: Rows): Rows[] {
  const turned = <T>(items: readonly T[], by: number) => [...items.slice(by), ...items.slice(0, by)];
  return [
    { runners: runners.toReversed(), integrations: integrations.toReversed() },
    ...[1, 2, 3].map((by) => ({ runners: turned(runners, by), integrations: turned(integrations, by) })),
  ];
}

describe('the tree by runner', () => {
  it('is empty without rows', () => {
    assert.deepEqual(groupByRunner({ runners: [], integrations: [] }), []);
  });

  it('sorts runners by name and integrations by host, as a person would', () => {
    const rows = {
      runners: ['runner-10', 'Runner-9', 'eu', 'runner-2'].map((name) => runnerOf({ id: name, name })),
      integrations: ['gitlab.com', 'host-10', 'GitHub.com', 'host-2'].map((host) =>
        integrationOf({ id: host, host, runnerId: 'eu' }),
      ),
    };
    assert.deepEqual(outline(groupByRunner(rows)), [
      ['eu', 'GitHub.com', 'gitlab.com', 'host-2', 'host-10'],
      ['runner-2'],
      ['Runner-9'],
      ['runner-10'],
    ]);
  });

  it('shows the local runners last, then runners that are not listed', () => {
    const rows = {
      runners: [LOCAL, runnerOf({ id: 'z', name: 'zzz' })],
      integrations: [
        integrationOf({ id: '1', runnerId: 'gone-2' }),
        integrationOf({ id: '2', runnerId: 'local' }),
        integrationOf({ id: '3', runnerId: 'gone-1' }),
        integrationOf({ id: '4', runnerId: 'gone-2', host: 'gitlab.com' }),
      ],
    };
    const nodes = groupByRunner(rows);
    assert.deepEqual(outline(nodes), [
      ['z'],
      ['local', 'github.com'],
      ['gone-1', 'github.com'],
      ['gone-2', 'github.com', 'gitlab.com'],
    ]);
    assert.deepEqual(
      nodes.map(({ role }) => role),
      ['ordinary', 'local', 'unknown', 'unknown'],
    );
    assert.deepEqual(
      nodes.map(({ runner }) => runner?.id),
      ['z', 'local', undefined, undefined],
    );
  });

  it('hands every runner its integrations', () => {
    const runner = runnerOf({ id: 'a' });
    const integration = integrationOf({ id: '1', runnerId: 'a' });
    const [node] = groupByRunner({ runners: [runner], integrations: [integration] });
    assert.ok(node);
    assert.equal(node.runner, runner);
    assert.deepEqual(
      node.integrations.map((child) => child.integration),
      [integration],
    );
  });

  const managed: [string, ReturnType<typeof runnerOf>, boolean][] = [
    ["Ona's provider", runnerOf({ id: 'a', provider: 'RUNNER_PROVIDER_MANAGED' }), true],
    ['a runner manager', runnerOf({ id: 'a', runnerManagerId: 'manager' }), true],
    ['neither', runnerOf({ id: 'a' }), false],
    ['an unknown provider', runnerOf({ id: 'a', provider: '42' }), false],
    ['the shared local configuration', { ...LOCAL, id: 'a' }, false],
  ];
  for (const [name, runner, isManaged] of managed) {
    it(`marks integrations of a runner with ${name} as ${isManaged ? '' : 'not '}managed`, () => {
      const [node] = groupByRunner({ runners: [runner], integrations: [integrationOf({ runnerId: 'a' })] });
      assert.ok(node);
      assert.equal(node.role === 'managed', isManaged);
      assert.equal(node.integrations[0]?.managed, isManaged);
    });
  }

  it('marks integrations of a runner that is not listed as not managed', () => {
    const [node] = groupByRunner({ runners: [], integrations: [integrationOf({ runnerId: 'gone' })] });
    assert.equal(node?.integrations[0]?.managed, false);
  });

  describe('loses no row and repeats no id', () => {
    const cases: [string, Rows][] = [
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
    for (const [name, rows] of cases) {
      it(name, () => {
        const nodes = groupByRunner(rows);
        assertUnique(idsOf(nodes));
        assert.deepEqual(
          new Set(nodes.flatMap((node) => node.integrations.map(({ integration }) => integration))),
          new Set(rows.integrations),
        );
        assert.ok(rows.runners.every((runner) => nodes.some((node) => node.runner === runner)));
      });
    }
  });

  describe('stays the same', () => {
    const rows: Rows = {
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
      const expected = groupByRunner(rows);
      for (const other of shuffled(rows)) {
        assert.deepEqual(groupByRunner(other), expected);
      }
    });

    it('in its other ids where a row comes or goes', () => {
      const before = idsOf(groupByRunner(rows));
      const more = groupByRunner({
        runners: [runnerOf({ id: '0', name: 'a new one' }), ...rows.runners],
        integrations: [integrationOf({ id: '0', runnerId: 'a', host: 'a.example' }), ...rows.integrations],
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
        runners: Object.freeze([...rows.runners]),
        integrations: Object.freeze([...rows.integrations]),
      };
      assert.deepEqual(groupByRunner(frozen), groupByRunner(rows));
    });
  });
});
