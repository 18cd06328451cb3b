import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import {
  type InventoryState,
  NO_DATA,
  type InventoryData,
  SIGNED_OUT,
} from '../../../src/inventory/model.ts';
import { Emitter } from '../../../src/base/event.ts';
import { GroupedInventory } from '../../../src/inventory/groupedInventory.ts';
import { loadingState, readyState } from './inventoryStates.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { NO_ITEM_FACTS } from './noItemFacts.ts';
import { apiError } from './load/memoryClient.ts';

/** Too many to be grouped within one time slice. */
const MANY = rowsOf(20_000);

function rowsOf(count: number): InventoryData {
  const ids = Array.from({ length: count }, (_, i) => `runner-${(i * 7919) % count}`);
  return {
    runners: ids.map((id) => runnerOf({ id, name: id })),
    integrations: ids.map((runnerId) => integrationOf({ id: `of-${runnerId}`, runnerId })),
  };
}

/** An inventory whose states the test sets. */
function grouped(loadErrorTexts = () => Promise.resolve(), facts = NO_ITEM_FACTS) {
  const changed = new Emitter<InventoryState>();
  const inventory = {
    state: SIGNED_OUT,
    onDidChange: changed.event,
  };
  const groups = new GroupedInventory(inventory, facts, loadErrorTexts, (error) => assert.fail(error));
  const show = (state: InventoryState) => {
    inventory.state = state;
    changed.fire(state);
  };
  return { groups, show };
}

describe('runners grouped for the views', () => {
  it('of few rows are there at once', () => {
    const { groups, show } = grouped();
    show(readyState(rowsOf(20)));
    assert.equal(groups.runners.length, 20);
    assert.equal(groups.state.kind, 'ready');
  });

  it('of many rows do not follow every single answer of a check', async () => {
    const answered = new Emitter<void>();
    const { groups, show } = grouped(undefined, { ...NO_ITEM_FACTS, onDidChange: answered.event });
    show(readyState(MANY));
    await groups.whenGrouped();
    let followed = 0;
    groups.onDidChange(() => followed++);
    for (let i = 0; i < 200; i++) {
      answered.fire();
      await setImmediate();
    }
    assert.ok(followed <= 1, `${followed} times`);
    await groups.whenGrouped();
    assert.ok(followed >= 1);
    groups.dispose();
  });

  it('of many rows follow in slices, state and rows together', async () => {
    const { groups, show } = grouped();
    show(readyState(MANY));
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
    show({ ...readyState(MANY), isLoading: true });
    await groups.whenGrouped();
    // A pause that never ends.
    mock.timers.enable({ apis: ['setTimeout'] });
    show({ ...readyState(rowsOf(19_999)), isLoading: true });
    mock.timers.reset();
    await setImmediate();
    assert.equal(groups.runners.length, 20_000, 'more rows of a load that runs can wait');
    show(readyState(rowsOf(19_998)));
    await groups.whenGrouped();
    assert.equal(groups.runners.length, 19_998);
  });

  it('have their statuses once they are grouped, even if nothing has been loaded in this window', async () => {
    const { groups, show } = grouped();
    const runners = MANY.runners.map((runner) => ({ ...runner, phase: 'RUNNER_PHASE_INACTIVE' }));
    show(loadingState({ ...MANY, runners }));
    await groups.whenGrouped();
    assert.deepEqual([...new Set(groups.runners.map(({ status }) => status.own))], ['broken']);
  });

  it('are gone at once after a sign-out within a grouping, and come back after a sign-in', async () => {
    const { groups, show } = grouped();
    show(loadingState(MANY));
    show(SIGNED_OUT);
    assert.deepEqual([groups.state.kind, groups.runners.length], ['signedOut', 0]);
    show(readyState(rowsOf(20)));
    await groups.whenGrouped();
    assert.deepEqual([groups.state.kind, groups.runners.length], ['ready', 20]);
  });

  it('of one key are not shown under another', async () => {
    const { groups, show } = grouped();
    show(loadingState(MANY));
    await groups.whenGrouped();
    assert.equal(groups.runners.length, 20_000);
    show(loadingState(NO_DATA));
    assert.deepEqual(groups.runners, []);
  });

  it('of a state with an error follow when its texts are loaded, which happens once', async () => {
    const error = apiError();
    const since = new Date();
    const ready = readyState(rowsOf(20), since);
    const errors: readonly InventoryState[] = [
      { ...ready, kind: 'stale', error, since, mayBeIncomplete: false },
      { ...ready, kind: 'failed', data: NO_DATA, error, since, mayBeIncomplete: false },
      { ...ready, isLoading: true, retry: { error, waitMs: 1, askedFor: false } },
      { ...ready, data: { ...rowsOf(20), runnerErrors: new Map([['runner-0', error]]) } },
    ];
    for (const state of errors) {
      let loads = 0;
      let loaded = (): void => undefined;
      const { groups, show } = grouped(() => {
        loads++;
        return new Promise((resolve) => (loaded = resolve));
      });
      show(ready);
      assert.equal(loads, 0, 'rows need no texts for errors');
      show(state);
      show({ ...state });
      assert.equal(groups.state, ready);
      const grouping = groups.whenGrouped();
      show(state);
      loaded();
      await grouping;
      assert.equal(groups.state, state);
      const later = { ...state };
      show(later);
      await groups.whenGrouped();
      assert.deepEqual([groups.state, loads], [later, 1]);
    }
  });

  it('are gone at once after a sign-out while the texts for an error are being loaded', async () => {
    let loaded = (): void => undefined;
    const { groups, show } = grouped(() => new Promise((resolve) => (loaded = resolve)));
    const since = new Date();
    const ready = readyState(rowsOf(20), since);
    show(ready);
    show({ ...ready, kind: 'stale', error: apiError(), since, mayBeIncomplete: false });
    show(SIGNED_OUT);
    assert.deepEqual([groups.state.kind, groups.runners.length], ['signedOut', 0]);
    const grouping = groups.whenGrouped();
    loaded();
    await grouping;
    assert.deepEqual([groups.state.kind, groups.runners.length], ['signedOut', 0]);
  });
});
