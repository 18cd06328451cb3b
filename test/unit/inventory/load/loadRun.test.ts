import assert from 'node:assert/strict';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { readyState } from '../inventoryStates.ts';
import { gate, listsOf, MemoryClient, never } from './memoryClient.ts';
import { LISTS, LOADING, LOST, READY, RETRY, startedLoads } from './startedLoad.ts';

describe('a running load', () => {
  const { start, tick } = startedLoads();

  it('is known before its first state is', async () => {
    const { states } = start(never);
    assert.deepEqual(states, []);
    await tick();
    assert.deepEqual(states, [{ ...LOADING, isLoading: true }]);
  });

  it('publishes what comes, and its end', async () => {
    const { opened, open } = gate();
    const { running, last, ended } = start(({ list }) => (list === 'runners' ? opened : undefined));
    await tick();
    const { kind, data } = last();
    assert.deepEqual([kind, data.runners.length, data.integrations.length], ['loading', 0, 5]);
    assert.equal(ended(), undefined);
    open();
    await running.done;
    assert.deepEqual(ended(), { isComplete: true });
    assert.deepEqual(last(), readyState({ ...LISTS }));
  });

  it('publishes nothing twice', async () => {
    const { running, states } = start(() => undefined, { before: READY });
    await running.done;
    assert.deepEqual(
      states.map(({ kind, data }) => [kind, data]),
      [
        ['ready', LISTS],
        ['ready', LISTS],
      ],
      'that it has begun, and that it has ended',
    );
  });

  it('publishes less often than pages come where that is dear, yet all that came', async () => {
    const lists = listsOf({ runners: 3, integrations: 2000 });
    const { opened, open } = gate();
    const client = new MemoryClient(lists, ({ page }) => (page === 19 ? opened : undefined));
    const publish = () => {
      const until = performance.now() + 20;
      while (performance.now() < until) {
        // Busy-waits.
      }
    };
    const { running, states, last } = start(() => undefined, { client, publish });
    await tick();
    await tick(1000);
    assert.equal(last().data.integrations.length, 1900);
    assert.ok(states.length < 19, `${states.length} times`);
    open();
    await running.done;
    assert.equal(last().data.integrations.length, 2000);
  });

  describe('that is canceled', () => {
    it('keeps what there was', async () => {
      const { running, last, ended } = start(never, { before: READY });
      await tick();
      running.cancel();
      await running.done;
      assert.deepEqual(last(), READY);
      assert.deepEqual(ended(), { isComplete: false });
    });

    it('while it is tried again keeps what there was, and says nothing later', async () => {
      const { running, last } = start(
        ({ options }) => {
          options.onRetry?.(RETRY);
          return never();
        },
        { before: READY },
      );
      await tick(6000);
      assert.equal(last().kind, 'stale');
      running.cancel();
      await running.done;
      assert.deepEqual(last(), READY);
      await tick(60_000);
    });

    it('shows what came, where there was nothing', async () => {
      const { running, last } = start(({ list }) => (list === 'runners' ? never() : undefined));
      await tick();
      running.cancel();
      await running.done;
      const state = last();
      assert.ok(state.kind === 'stale');
      assert.deepEqual([state.error.problem, state.data.integrations.length], ['canceled', 5]);
    });

    it('has failed where nothing came', async () => {
      const { running, last } = start(never);
      await tick();
      running.cancel();
      await running.done;
      const state = last();
      assert.ok(state.kind === 'failed');
      assert.equal(state.error.problem, 'canceled');
    });
  });

  for (const isFailing of [false, true]) {
    it(`that is dropped says nothing more${isFailing ? ', though it is tried again' : ''}`, async () => {
      const { running, states, ended } = start(({ options }) => {
        options.onRetry?.(isFailing ? RETRY : undefined);
        return never();
      });
      await tick();
      const { length } = states;
      running.drop();
      await running.done;
      await tick(60_000);
      assert.deepEqual([states.length, ended()], [length, undefined]);
    });
  }

  it('that is dropped says nothing of what it was to publish later', async () => {
    const { opened, open } = gate();
    const { running, states } = start(() => opened);
    await tick();
    open();
    running.drop();
    await tick(60_000);
    assert.equal(states.length, 1);
  });

  it('that is dropped before it began says nothing and asks for nothing', async () => {
    const { running, states } = start(() => assert.fail('asked'));
    running.drop();
    await running.done;
    assert.deepEqual(states, []);
  });

  it('that meets a defect of ours ends, and has it logged', async () => {
    const defect = new TypeError('private');
    const { running, last, logged } = start(() => Promise.reject(defect), { before: READY });
    await running.done;
    assert.deepEqual(logged, [defect]);
    const state = last();
    assert.ok(state.kind === 'stale');
    assert.deepEqual([state.error.code, state.error.detail, state.data], ['internal', 'TypeError', LISTS]);
  });

  it('of a part leaves the state what it was, but for its rows', async () => {
    const runnerErrors = new Map([[LISTS.runners[0]?.id ?? '', LOST]]);
    const data: InventoryData = { ...LISTS, runnerErrors };
    const { running, last } = start(() => undefined, {
      before: { ...READY, data },
      plan: { kind: 'part', runners: [], integrationsOf: [...runnerErrors.keys()] },
    });
    await running.done;
    assert.deepEqual(last(), READY);
  });
});
