import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { InventoryState } from '../../../src/inventory/model.ts';
import { tokenOf } from './fixtures.ts';
import { inventoryOf, jane, signedIn } from './inventoryOf.ts';
import { gate, listsOf, never } from './load/memoryClient.ts';

const known = { ...jane, subjectId: 'jane', principal: 'PRINCIPAL_USER' };

describe('the sign-ins in the inventory', () => {
  /** Jane's inventory, with one sign-in. */
  async function loaded() {
    const world = inventoryOf(listsOf({ runners: 2, integrations: 3 }));
    world.client.signIns = [tokenOf({ id: '1' })];
    world.become(signedIn(world.client, known));
    const { signIns } = await world.inventory.refresh();
    assert.deepEqual([signIns?.subject.id, signIns?.tokens.length], ['jane', 1]);
    return { ...world, signIns };
  }

  it('have come when a refresh settles', async () => {
    const { opened, open } = gate();
    const { inventory, client, become } = inventoryOf(listsOf({ runners: 2, integrations: 3 }), ({ list }) =>
      list === 'signIns' ? opened : undefined,
    );
    become(signedIn(client, known));
    let settled: InventoryState | undefined;
    const refreshed = inventory.refresh().then((state) => (settled = state));
    while (client.calls.length < 3) {
      await setImmediate();
    }
    assert.equal(settled, undefined);
    open();
    assert.notEqual((await refreshed).signIns, undefined);
  });

  it('are of one call for each refresh, and the same list if nothing has changed', async () => {
    const { inventory, client, signIns } = await loaded();
    const again = await inventory.refresh('plain');
    assert.equal(client.calls.filter(({ list }) => list === 'signIns').length, 2);
    assert.equal(again.signIns?.tokens, signIns?.tokens);
  });

  it('are not kept for the next window', async () => {
    const { kept } = await loaded();
    assert.deepEqual(Object.keys(kept.get('org-1') ?? {}), ['data', 'asOf']);
  });

  it('are gone after a sign-out, and with another organization', async () => {
    for (const next of [{ kind: 'starting' } as const, undefined]) {
      const { inventory, client, become } = await loaded();
      become(next ?? signedIn(client, { ...known, organizationId: 'org-2' }));
      assert.equal(inventory.state.signIns, undefined);
    }
  });

  it('stay with another key of the same account until they are loaded again', async () => {
    const { inventory, client, become, signIns } = await loaded();
    become(signedIn(client, { ...known, sequence: 1 }));
    assert.deepEqual([inventory.state.kind, inventory.state.signIns], ['loading', signIns]);
    client.signIns = [];
    assert.deepEqual((await inventory.refresh()).signIns?.tokens, []);
  });

  it('are not those of another person, whose key for the same organization it is now', async () => {
    const joe = { ...known, subjectId: 'joe' };
    const { inventory, client, become } = await loaded();
    const session = signedIn(client, joe);
    become(session);
    assert.equal(inventory.state.signIns, undefined);
    assert.notEqual(inventory.state.data.runners.length, 0, 'the rows stay');
    assert.equal((await inventory.refresh()).signIns?.subject.id, 'joe');
    let states = 0;
    inventory.onDidChange(() => states++);
    become({ ...session, account: { ...joe, organizationName: 'Acme Labs' } });
    assert.equal(states, 0);
    become({ ...session, account: known });
    assert.deepEqual([states, inventory.state.signIns], [1, undefined], 'as soon as the API says so');
  });

  it('are gone with another key of the same organization whose owner is not known yet', async () => {
    const { inventory, client, become } = await loaded();
    become(signedIn(client, jane));
    assert.equal(inventory.state.signIns, undefined);
    assert.notEqual(inventory.state.data.runners.length, 0, 'the rows stay');
  });

  it('stay if a load starts over, and its rows do', async () => {
    let isHeld = false;
    const { inventory, client, become } = inventoryOf(listsOf({ runners: 2, integrations: 3 }), ({ list }) =>
      isHeld || list === 'runners' ? never() : undefined,
    );
    become(signedIn(client, known));
    void inventory.refresh();
    while (inventory.state.signIns === undefined) {
      await setImmediate();
    }
    const { signIns } = inventory.state;
    isHeld = true;
    become(signedIn(client, { ...known, sequence: 1 }));
    assert.equal(inventory.state.signIns, signIns);
    inventory.dispose();
  });
});
