import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type InventoryState, NO_ROWS, type Rows } from '../../../src/inventory/model.ts';
import { Emitter } from '../../../src/base/event.ts';
import { GroupedInventory } from '../../../src/inventory/groupedInventory.ts';
import { integrationOf, runnerOf } from './rows.ts';

/** Enough that they are not grouped within one slice of time. */
const MANY = rowsOf(20_000);

function rowsOf(count: number): Rows {
  const ids = Array.from({ length: count }, (_, i) => `runner-${(i * 7919) % count}`);
  return {
    runners: ids.map((id) => runnerOf({ id, name: id })),
    integrations: ids.map((runnerId) => integrationOf({ id: `of-${runnerId}`, runnerId })),
  };
}

/** An inventory whose states a test sets. */
function grouped() {
  const changed = new Emitter<InventoryState>();
  const inventory = {
    state: { kind: 'signedOut', rows: NO_ROWS } as InventoryState,
    onDidChange: changed.event,
  };
  const groups = new GroupedInventory(inventory, (error) => assert.fail(error));
  const show = (state: InventoryState) => {
    inventory.state = state;
    changed.fire(state);
  };
  return { groups, show };
}

const ready = (rows: Rows): InventoryState => ({ kind: 'ready', rows, asOf: new Date(), refreshing: false });

describe('runners grouped for the views', () => {
  it('of few rows are there at once', () => {
    const { groups, show } = grouped();
    show(ready(rowsOf(20)));
    assert.equal(groups.runners.length, 20);
    assert.equal(groups.state.kind, 'ready');
  });

  it('of many rows follow in slices, state and rows together', async () => {
    const { groups, show } = grouped();
    show(ready(MANY));
    assert.deepEqual([groups.state.kind, groups.runners.length], ['signedOut', 0]);
    await groups.whenGrouped();
    assert.deepEqual([groups.state.kind, groups.runners.length], ['ready', 20_000]);
    assert.deepEqual(
      [groups.runners[0], groups.runners.at(-1)].map((node) => node?.runner?.name),
      ['runner-0', 'runner-19999'],
    );
  });

  it('are those of the last state without a wait once a load has ended', async () => {
    const { groups, show } = grouped();
    show({ ...ready(MANY), refreshing: true } as InventoryState);
    await groups.whenGrouped();
    // A pause that never ends.
    mock.timers.enable({ apis: ['setTimeout'] });
    show({ ...ready(rowsOf(19_999)), refreshing: true } as InventoryState);
    mock.timers.reset();
    await setImmediate();
    assert.equal(groups.runners.length, 20_000, 'more rows of a load that runs can wait');
    show(ready(rowsOf(19_998)));
    await groups.whenGrouped();
    assert.equal(groups.runners.length, 19_998);
  });

  it('are gone at once after a sign-out within a grouping, and come back after a sign-in', async () => {
    const { groups, show } = grouped();
    show({ kind: 'loading', rows: MANY });
    show({ kind: 'signedOut', rows: NO_ROWS });
    assert.deepEqual([groups.state.kind, groups.runners.length], ['signedOut', 0]);
    show(ready(rowsOf(20)));
    await groups.whenGrouped();
    assert.deepEqual([groups.state.kind, groups.runners.length], ['ready', 20]);
  });

  it('of one key are not shown under another', async () => {
    const { groups, show } = grouped();
    show({ kind: 'loading', rows: MANY });
    await groups.whenGrouped();
    assert.equal(groups.runners.length, 20_000);
    show({ kind: 'loading', rows: NO_ROWS });
    assert.deepEqual(groups.runners, []);
  });
});
