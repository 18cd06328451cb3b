import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { CompletedLoad } from '../../../src/inventory/model.ts';
import { loadingState } from './inventoryStates.ts';
import { inventoryOf, jane, signedIn } from './inventoryOf.ts';
import { apiError, listsOf, never } from './load/memoryClient.ts';

describe('the inventory', () => {
  it('lets nobody wait for ever who waits for its load while it is disposed', async () => {
    const { inventory } = inventoryOf(listsOf({ runners: 1, integrations: 1 }), never);
    const refreshed = inventory.refresh();
    const idle = inventory.whenIdle();
    await setImmediate();
    assert.equal(inventory.isLoading, true);
    inventory.dispose();
    await Promise.all([refreshed, idle]);
  });

  describe('whose load waits before it tries again', () => {
    /** The last of ten pages never arrives, and the list of runners is to be retried after a minute. */
    async function backingOff() {
      let isHeld = false;
      const { inventory, client } = inventoryOf(
        listsOf({ runners: 3, integrations: 1000 }),
        ({ list, page, options }) => {
          if (isHeld || page === 9) {
            return never();
          }
          if (list === 'runners') {
            const error = apiError({ problem: 'connectionLost', code: 'unavailable' });
            options.onRetry?.({ error, waitMs: 60_000, askedFor: false });
            return never();
          }
          return undefined;
        },
      );
      void inventory.refresh();
      while (client.calls.every(({ page }) => page < 9)) {
        await setImmediate();
      }
      isHeld = true;
      const firstPages = () => client.calls.filter(({ page }) => page === 0).length;
      return { inventory, firstPages };
    }

    it('starts anew for a person who does not want to wait, and keeps the rows that came', async () => {
      const { inventory, firstPages } = await backingOff();
      assert.equal(firstPages(), 2);
      void inventory.refreshNow();
      await setImmediate();
      await setImmediate();
      assert.equal(firstPages(), 4);
      assert.equal(inventory.state.data.integrations.length, 900);
      inventory.dispose();
    });

    it('starts over when the network changes, by the parallel plan if it is the first one', async () => {
      const { inventory, firstPages } = await backingOff();
      void inventory.reconnect();
      await setImmediate();
      await setImmediate();
      assert.equal(firstPages(), 4);
      assert.equal(inventory.state.data.integrations.length, 900);
      inventory.dispose();
    });

    it('is joined by anybody else', async () => {
      const { inventory, firstPages } = await backingOff();
      void inventory.refresh();
      await setImmediate();
      await setImmediate();
      assert.equal(firstPages(), 2);
      inventory.dispose();
    });
  });

  describe('after the network has changed', () => {
    const lists = listsOf({ runners: 2, integrations: 3 });

    it('starts over if nothing has arrived: a request may never be answered', async () => {
      let isHeld = true;
      const { inventory, client } = inventoryOf(lists, () => (isHeld ? never() : undefined));
      const refreshed = inventory.refresh();
      await setImmediate();
      await setImmediate();
      assert.equal(client.calls.length, 2);
      isHeld = false;
      await inventory.reconnect();
      assert.equal((await refreshed).kind, 'ready');
      assert.equal(client.calls.length, 4);
      inventory.dispose();
    });

    it('joins a load that receives rows', async () => {
      const { inventory, client } = inventoryOf(listsOf({ runners: 2, integrations: 1000 }), ({ page }) =>
        page > 0 ? never() : undefined,
      );
      void inventory.refresh();
      while (inventory.state.data.integrations.length === 0) {
        await setImmediate();
      }
      const before = client.calls.filter(({ page }) => page === 0).length;
      void inventory.reconnect();
      await setImmediate();
      await setImmediate();
      assert.equal(client.calls.filter(({ page }) => page === 0).length, before);
      inventory.dispose();
    });
  });

  describe('tells of complete loads', () => {
    const lists = listsOf({ runners: 2, integrations: 3 });

    it('what there was before, and what there is now', async () => {
      const { inventory, client, become } = inventoryOf(lists);
      const completed: CompletedLoad[] = [];
      inventory.onDidComplete((load) => completed.push(load));
      const first = await inventory.refresh();
      client.lists = listsOf({ runners: 2, integrations: 4 });
      const second = await inventory.refresh();
      const rowsOf = ({ before, after }: CompletedLoad) => [before?.data, after.data];
      assert.deepEqual(completed.map(rowsOf), [
        [undefined, first.data],
        [first.data, second.data],
      ]);
      assert.equal(completed[1]?.before?.asOf, first.asOf);
      become(signedIn(client, { ...jane, organizationId: 'org-2' }));
      await inventory.refresh();
      assert.equal(completed[2]?.before, undefined, 'rows of another organization are no earlier ones');
    });

    it('since the rows of an earlier window', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      const asOf = new Date('2026-11-23T12:00:00Z');
      const data = listsOf({ runners: 1, integrations: 1 });
      kept.set('org-1', { data, asOf });
      const completed: CompletedLoad[] = [];
      inventory.onDidComplete((load) => completed.push(load));
      become(signedIn(client, jane));
      await inventory.refresh();
      assert.deepEqual(
        completed.map(({ before }) => before),
        [{ data, asOf }],
      );
    });

    it('but not of one that failed, or was canceled', async () => {
      let answer: () => Promise<void> | undefined = () =>
        Promise.reject(apiError({ problem: 'noPermission' }));
      const { inventory } = inventoryOf(lists, () => answer());
      inventory.onDidComplete(() => assert.fail('complete'));
      assert.equal((await inventory.refresh()).kind, 'failed');
      answer = never;
      const canceled = inventory.refresh();
      await setImmediate();
      inventory.cancel();
      assert.equal((await canceled).kind, 'failed');
    });
  });

  it('reloads some runners, and asks for nothing else', async () => {
    const lists = listsOf({ runners: 3, integrations: 6 });
    const { inventory, client } = inventoryOf(lists);
    const { data } = await inventory.refresh();
    const [runner] = lists.runners;
    assert.ok(runner);
    client.calls.length = 0;
    client.lists = { ...lists, integrations: lists.integrations.filter((one) => one.runnerId !== runner.id) };
    await inventory.reloadRunners([runner.id]);
    assert.deepEqual(
      client.calls.map(({ list, runnerIds }) => [list, runnerIds]),
      [
        ['integrations', [runner.id]],
        ['runner', [runner.id]],
        // It had some, so an empty answer is not believed at once.
        ['integrations', [runner.id]],
      ],
    );
    assert.equal(inventory.state.kind, 'ready');
    assert.equal(inventory.state.data.runners, data.runners);
    assert.deepEqual(inventory.state.data.integrations, client.lists.integrations);
    await inventory.reloadRunners([]);
    assert.equal(client.calls.length, 3, 'without runners there is nothing to ask for');
    const ids = lists.runners.map(({ id }) => id);
    await Promise.all(ids.map((id) => inventory.reloadRunners([id])));
    assert.deepEqual(
      client.chunks.slice(2),
      ids.map((id) => [id]),
      'one after another, and each',
    );
  });

  describe('at the start of a window', () => {
    const lists = listsOf({ runners: 2, integrations: 3 });
    const asOf = new Date('2026-11-23T12:00:00Z');

    it('has the rows of the last one at once, as of then, and asks for them anew', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      kept.set('org-1', { data: lists, asOf });
      become(signedIn(client, jane));
      assert.equal(inventory.state.data.runners.length, 0);
      await setImmediate();
      await setImmediate();
      assert.deepEqual(inventory.state, { ...loadingState(lists), asOf });
      assert.equal(client.calls.length, 0, 'nobody has asked for a load yet');
      const { kind, data } = await inventory.refresh();
      assert.equal(kind, 'ready');
      assert.equal(data.integrations[0], lists.integrations[0], 'what did not change is the same object');
    });

    it('keeps them, as of then, where the API fails', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists, () =>
        Promise.reject(apiError({ problem: 'hostNotFound', code: 'unavailable' })),
      );
      kept.set('org-1', { data: lists, asOf });
      become(signedIn(client, jane));
      const state = await inventory.refresh();
      assert.equal(state.kind, 'stale');
      assert.equal(state.asOf, asOf);
      assert.deepEqual(state.data.integrations, lists.integrations);
    });

    it('has not those of another organization, nor of one that was left while they were read', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      kept.set('org-1', { data: lists, asOf });
      become(signedIn(client, jane));
      become(signedIn(client, { ...jane, organizationId: 'org-2' }));
      await setImmediate();
      await setImmediate();
      assert.equal(inventory.state.data.runners.length, 0);
    });

    it('leaves to the next one what a whole load has brought', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      become(signedIn(client, jane));
      const { data } = await inventory.refresh();
      assert.equal(kept.get('org-1')?.data, data);
    });

    it('leaves it to the next one where it is known only then whose it is', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      const nobody = signedIn(client, undefined, 'ONA_API_KEY');
      become(nobody);
      const { data } = await inventory.refresh();
      assert.equal(kept.size, 0);
      become({ ...nobody, account: jane });
      assert.equal(kept.get('org-1')?.data, data);
    });
  });

  it('keeps its rows where another key for the same organization comes, and loads them anew', async () => {
    const { inventory, client, become } = inventoryOf(listsOf({ runners: 2, integrations: 3 }));
    become(signedIn(client, jane));
    const { data } = await inventory.refresh();
    become(signedIn(client, { ...jane, sequence: 1 }));
    assert.equal(inventory.state.kind, 'loading');
    assert.equal(inventory.state.data, data);
    become(signedIn(client, { ...jane, organizationId: 'org-2' }));
    assert.equal(inventory.state.data.runners.length, 0);
  });
});
