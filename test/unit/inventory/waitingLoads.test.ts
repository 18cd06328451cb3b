import assert from 'node:assert/strict';
import { inventoryOf } from './inventoryOf.ts';
import { listsOf } from './load/memoryClient.ts';

describe('the inventory', () => {
  it('loads everything that was asked for, although some runners were to be reloaded before', async () => {
    const lists = listsOf({ runners: 3, integrations: 6 });
    const { inventory, client } = inventoryOf(lists);
    await inventory.refresh();
    client.calls.length = 0;
    const [first = '', second = ''] = lists.runners.map(({ id }) => id);
    void inventory.reloadRunners([first]);
    void inventory.reloadRunners([second]);
    await inventory.refresh();
    assert.ok(client.calls.some(({ list }) => list === 'runners'));
  });
});
