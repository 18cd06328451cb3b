import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event.ts';
import { Filter } from '../../../../src/inventory/filter.ts';
import { groupSteps } from '../../../../src/inventory/groups.ts';
import { layoutSteps, type TreeOptions } from '../../../../src/views/tree/treeLayout.ts';
import { VisibleTree } from '../../../../src/views/tree/visibleTree.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { WORDS } from '../../inventory/filterWords.ts';

const ALL_BY_RUNNER: TreeOptions = { grouping: 'runner', filter: undefined };

const runners = atOnce(
  groupSteps(
    {
      runners: [runnerOf({ id: 'eu', name: 'eu' }), runnerOf({ id: 'us', name: 'us' })],
      integrations: [
        integrationOf({ id: '1', runnerId: 'eu' }),
        integrationOf({ id: '2', runnerId: 'us', host: 'gitlab.example' }),
        integrationOf({ id: '3', runnerId: 'us', host: 'a.example' }),
      ],
    },
    [],
  ),
);

function show(options: Partial<ConstructorParameters<typeof VisibleTree>[1]>) {
  const changed = new Emitter<void>();
  const groups = { runners, onDidChange: new Emitter<void>().event };
  const all = {
    current: ALL_BY_RUNNER,
    onDidChange: changed.event,
    layoutSteps: undefined,
    isStarting: false,
    whenStarted: () => Promise.resolve(),
    ...options,
  };
  const tree = new VisibleTree(groups, all, assert.ifError);
  return { tree, all, changed };
}

describe('the visible tree', () => {
  it('shows all rows by runner without what filters and groups them, and just as with it', () => {
    const { current } = show({}).tree;
    assert.deepEqual(current.integrations, { shown: 3, of: 3 });
    assert.deepEqual(current, show({ layoutSteps }).tree.current);
  });

  it('shows no rows before the filter of the last window is there, and then only those that match', async () => {
    let start = (): void => undefined;
    const started = new Promise<void>((resolve) => (start = resolve));
    const { tree, all, changed } = show({ isStarting: true, whenStarted: () => started });
    assert.deepEqual(tree.current.roots, []);
    let isCurrent = false;
    const current = tree.whenCurrent().then(() => (isCurrent = true));
    await Promise.resolve();
    assert.equal(isCurrent, false);
    const filter = Filter.parse('gitlab', WORDS);
    Object.assign(all, { current: { ...ALL_BY_RUNNER, filter }, layoutSteps, isStarting: false });
    changed.fire();
    start();
    await current;
    assert.deepEqual(tree.current.integrations, { shown: 1, of: 3 });
  });
});
