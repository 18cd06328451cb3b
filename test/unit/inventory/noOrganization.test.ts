import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inventoryOf, jane, signedIn } from './inventoryOf.ts';
import { apiError, gate, listsOf } from './load/memoryClient.ts';

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

  it('never shows fewer rows while it finds that out', async () => {
    let isOther = false;
    const identity = gate();
    const { inventory, client, become } = inventoryOf(
      listsOf({ runners: 2, integrations: 3 }),
      async ({ list }) => {
        if (isOther && list === 'runners') {
          await identity.opened;
          throw apiError({ problem: 'noOrganization' });
        }
      },
    );
    become(signedIn(client, jane));
    await inventory.refresh();
    isOther = true;
    client.lists = { runners: [], integrations: [] };
    const shown = new Set<number>();
    inventory.onDidChange(({ data }) => shown.add(data.integrations.length));
    const done = inventory.refresh();
    for (let turn = 0; turn < 20; turn++) {
      await setImmediate();
    }
    identity.open();
    await done;
    assert.deepEqual([...shown], [3]);
  });

  it('is stale, not without rows, if no runner of its integrations is listed', async () => {
    let isOther = false;
    const { integrations } = listsOf({ runners: 2, integrations: 3 });
    const { inventory, client, become } = inventoryOf({ runners: [], integrations }, ({ list }) =>
      isOther && list === 'runners' ? Promise.reject(apiError({ problem: 'noOrganization' })) : undefined,
    );
    become(signedIn(client, jane));
    const { asOf } = await inventory.refresh();
    isOther = true;
    client.lists = { runners: [], integrations: [] };
    const state = await inventory.refresh();
    assert.deepEqual([state.kind, state.asOf, state.data.integrations.length], ['stale', asOf, 3]);
  });

  it('shows what a reloaded runner has once the organization is back', async () => {
    let isOther = false;
    const lists = listsOf({ runners: 1, integrations: 1 });
    const { inventory, client, become } = inventoryOf(lists, ({ list }) =>
      isOther && list === 'runners' ? Promise.reject(apiError({ problem: 'noOrganization' })) : undefined,
    );
    become(signedIn(client, jane));
    await inventory.refresh();
    isOther = true;
    await inventory.refresh();
    client.lists = {
      ...lists,
      integrations: lists.integrations.map((item) => ({ ...item, host: 'new.example' })),
    };
    await inventory.reloadRunners(lists.runners.map(({ id }) => id));
    assert.deepEqual(
      inventory.state.data.integrations.map(({ host }) => host),
      ['new.example'],
    );
  });
});
