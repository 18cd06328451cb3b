import assert from 'node:assert/strict';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { type TreeLayout, layoutSteps, type TreeOptions } from '../../../../src/views/tree/treeLayout.ts';
import { Filter } from '../../../../src/inventory/filter.ts';
import { childrenOf, type TreeNode } from '../../../../src/views/tree/nodes.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { WORDS } from '../../inventory/filterWords.ts';
import { atOnce } from '../../base/atOnce.ts';
import { nodesByRunner } from './sampleNodes.ts';

const ROWS: InventoryData = {
  runners: [
    runnerOf({ id: 'eu', name: 'eu' }),
    runnerOf({ id: 'lab', name: 'lab', phase: 'RUNNER_PHASE_INACTIVE' }),
    runnerOf({ id: 'us', name: 'us' }),
  ],
  integrations: [
    integrationOf({ id: '1', runnerId: 'eu' }),
    integrationOf({ id: '2', runnerId: 'us', host: 'GitHub.com' }),
    integrationOf({ id: '3', runnerId: 'us', scmId: 'gitlab', host: 'gitlab.example' }),
    integrationOf({ id: '4', runnerId: 'eu', scmId: 'gitlab', host: 'a.example' }),
  ],
};

function arrange(data: InventoryData, wish: Partial<TreeOptions> = {}): TreeLayout {
  return atOnce(layoutSteps(nodesByRunner(data), { grouping: 'runner', filter: undefined, ...wish }));
}

const filterOf = (text: string) => Filter.parse(text, WORDS);

/** The tree as text. */
function outline(nodes: readonly TreeNode[]): unknown[] {
  return nodes.map((node) => {
    const children = outline(childrenOf(node));
    const name =
      node.kind === 'runner'
        ? node.entry.ref.runnerId
        : node.kind === 'integration'
          ? node.entry.ref.id
          : node.kind === 'group'
            ? node.name
            : node.kind;
    return children.length === 0 ? name : [name, children];
  });
}

function idsOf(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap((node) => [node.treeId, ...idsOf(childrenOf(node))]);
}

describe('an arrangement of the tree', () => {
  it('is the runners themselves where nothing else is wanted', () => {
    const nodes = nodesByRunner(ROWS);
    const steps = layoutSteps(nodes, { grouping: 'runner', filter: undefined });
    const { value } = steps.next() as { value: TreeLayout };
    assert.equal(value.roots, nodes);
    assert.deepEqual(value.integrations, { shown: 4, of: 4 });
    assert.deepEqual(value.runners, { shown: 3, of: 3 });
  });

  it('by provider has integrations of all runners by host, and what has none at the end', () => {
    assert.deepEqual(outline(arrange(ROWS, { grouping: 'provider' }).roots), [
      ['GitHub', ['1', '2']],
      ['GitLab', ['4', '3']],
      ['runnersWithoutIntegrations', ['lab']],
    ]);
  });

  it('by host has runners in their order, whatever the case of the host', () => {
    assert.deepEqual(outline(arrange(ROWS, { grouping: 'host' }).roots), [
      ['a.example', ['4']],
      ['github.com', ['1', '2']],
      ['gitlab.example', ['3']],
      ['runnersWithoutIntegrations', ['lab']],
    ]);
  });

  it('by host has one group for all spellings of a host, named by the commonest, whatever comes first', () => {
    const spellings = [
      'https://gitlab.corp.example/',
      'gitlab.corp.example.',
      'gitlab.corp.example:443',
      'GitLab.corp.example',
      'GitLab.corp.example',
      'gitlab.corp.example:8443',
    ];
    for (const hosts of [spellings, spellings.toReversed()]) {
      const runners = hosts.map((_, i) => runnerOf({ id: `r${i}`, name: `r${i}` }));
      const integrations = hosts.map((host, i) => integrationOf({ id: host, runnerId: `r${i}`, host }));
      const { roots } = arrange({ runners, integrations }, { grouping: 'host' });
      const [group, other, ...rest] = outline(roots);
      assert.deepEqual(group, ['GitLab.corp.example', hosts.filter((host) => !host.includes('8443'))]);
      assert.deepEqual(other, ['gitlab.corp.example:8443', ['gitlab.corp.example:8443']]);
      assert.deepEqual(rest, []);
    }
  });

  it('by host or provider is in the order of the names that people read', () => {
    const hosts = [
      'nord.example',
      'müller.example',
      'xn--lger-loa.example',
      'zoo.example',
      'https://apple.example',
    ];
    const runners = [runnerOf({ id: 'r', name: 'r' })];
    const integrations = hosts.map((host) => integrationOf({ id: host, runnerId: 'r', host }));
    const sorted = [
      'https://apple.example',
      'xn--lger-loa.example',
      'müller.example',
      'nord.example',
      'zoo.example',
    ];
    assert.deepEqual(
      outline(arrange({ runners, integrations }, { grouping: 'host' }).roots),
      sorted.map((host) => [host, [host]]),
    );
    assert.deepEqual(outline(arrange({ runners, integrations }, { grouping: 'provider' }).roots), [
      ['GitHub', sorted],
    ]);
  });

  it('under a filter has matches only, and counts them', () => {
    const arrangement = arrange(ROWS, { filter: filterOf('gitlab') });
    assert.deepEqual(outline(arrangement.roots), [
      ['eu', ['4']],
      ['us', ['3']],
    ]);
    assert.deepEqual(arrangement.integrations, { shown: 2, of: 4 });
    assert.deepEqual(arrangement.runners, { shown: 2, of: 3 });
  });

  it('keeps a runner that matches for itself, with all it has', () => {
    assert.deepEqual(outline(arrange(ROWS, { filter: filterOf('runner:us') }).roots), [['us', ['2', '3']]]);
    assert.deepEqual(outline(arrange(ROWS, { filter: filterOf('phase:inactive') }).roots), ['lab']);
  });

  it('groups what a filter has let through', () => {
    const wish = { grouping: 'provider', filter: filterOf('phase:inactive') } as const;
    assert.deepEqual(outline(arrange(ROWS, wish).roots), [['runnersWithoutIntegrations', ['lab']]]);
    const { roots } = arrange(ROWS, { grouping: 'host', filter: filterOf('runner:us') });
    assert.deepEqual(outline(roots), [
      ['GitHub.com', ['2']],
      ['gitlab.example', ['3']],
    ]);
  });

  it('shows where integrations could not be loaded, once', () => {
    const error = new OnaApiError({ problem: 'unavailable', code: 'unavailable', method: 'm', host: 'h' });
    const data = { ...ROWS, runnerErrors: new Map([['eu', error]]) };
    assert.deepEqual(outline(arrange(data, { grouping: 'provider' }).roots).at(-1), [
      'runnersWithoutIntegrations',
      [['eu', ['failure']], 'lab'],
    ]);
  });

  it('never repeats an id, within one or between any two', () => {
    const twins = {
      ...ROWS,
      integrations: [...ROWS.integrations, integrationOf({ id: '1', runnerId: 'eu' })],
    };
    const ids = (['runner', 'provider', 'host'] as const).flatMap((grouping) =>
      [undefined, filterOf('e')].flatMap((filter) => idsOf(arrange(twins, { grouping, filter }).roots)),
    );
    assert.equal(new Set(ids).size, ids.length);
  });
});
