import assert from 'node:assert/strict';
import { inventoryOf, jane, signedIn } from './inventoryOf.ts';
import { apiError, listsOf } from './load/memoryClient.ts';

describe('the inventory of a key without an organization', () => {
  it('keeps the rows that it had before', async () => {
    let isOther = false;
    const { inventory, client, kept, become } = inventoryOf(
      listsOf({ runners: 2, integrations: 3 }),
      ({ list }) =>
        isOther && list === 'runners' ? Promise.reject(apiError({ problem: 'noOrganization' })) : undefined,
    );
    become(signedIn(client, jane));
    const { data, asOf } = await inventory.refresh();
    isOther = true;
    client.lists = { runners: [], integrations: [] };
    const state = await inventory.refresh();
    assert.deepEqual([state.kind, state.error?.problem, state.asOf], ['stale', 'noOrganization', asOf]);
    assert.equal(state.data, data);
    assert.equal(kept.get('org-1')?.data, data);
  });
});
