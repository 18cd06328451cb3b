import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inventoryOf, jane, signedIn } from './inventoryOf.ts';
import { apiError, listsOf, never, type PageCall } from './load/memoryClient.ts';

describe('a refresh that is canceled after rows have changed', () => {
  const lists = listsOf({ runners: 2, integrations: 3 });

  /** Complete rows; then a third runner is added, whose integrations never come, and the refresh is canceled. */
  async function canceled() {
    let answer: (call: PageCall) => Promise<void> | undefined = () => undefined;
    const { inventory, client, become, kept } = inventoryOf(lists, (call) => answer(call));
    become(signedIn(client, jane));
    await inventory.refresh();
    const complete = kept.get('org-1');
    client.lists = listsOf({ runners: 3, integrations: 4 });
    answer = ({ list }) => (list === 'integrations' ? never() : undefined);
    const refresh = inventory.refresh();
    await setImmediate();
    inventory.cancel();
    return { inventory, kept, complete, state: await refresh, answer: () => (answer = () => undefined) };
  }

  it('is stale, and nothing of it is kept for the next window', async () => {
    const { state, kept, complete } = await canceled();
    assert.equal(state.data.runners.length, 3);
    assert.deepEqual([state.kind, state.error?.problem], ['stale', 'canceled']);
    assert.ok(complete);
    assert.equal(kept.get('org-1')?.data, complete.data);
  });

  it('is complete again after the next refresh', async () => {
    const { inventory, kept, answer } = await canceled();
    answer();
    const state = await inventory.refresh();
    assert.deepEqual([state.kind, state.data.integrations.length], ['ready', 4]);
    assert.equal(kept.get('org-1')?.data, state.data);
  });

  it('is stale too if the rows have changed in a refresh that was started over', async () => {
    let answer: (call: PageCall) => Promise<void> | undefined = () => undefined;
    const { inventory, client, become, kept } = inventoryOf(lists, (call) => answer(call));
    become(signedIn(client, jane));
    await inventory.refresh();
    const complete = kept.get('org-1')?.data;
    client.lists = listsOf({ runners: 3, integrations: 4 });
    answer = ({ list, options }) => {
      if (list === 'integrations') {
        options.onRetry?.({ error: apiError(), waitMs: 500, askedFor: false });
        return never();
      }
      return undefined;
    };
    void inventory.refresh();
    await setImmediate();
    answer = never;
    const second = inventory.refreshNow();
    await setImmediate();
    inventory.cancel();
    const state = await second;
    assert.equal(state.data.runners.length, 3);
    assert.deepEqual([state.kind, state.error?.problem], ['stale', 'canceled']);
    assert.equal(kept.get('org-1')?.data, complete);
  });
});
