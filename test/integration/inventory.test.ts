import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { EventEmitter } from 'vscode';
import type { Connection, Session, SessionStore } from '../../src/account/session.ts';
import { Inventory } from '../../src/inventory/inventory.ts';
import {
  apiError,
  type Lists,
  listsOf,
  MemoryClient,
  never,
  type PageCall,
} from '../unit/inventory/memoryClient.ts';

/** An inventory of somebody who is signed in to an API in memory. */
function inventoryOf(lists: Lists, answer: (call: PageCall) => Promise<void> | undefined) {
  const changed = new EventEmitter<Session>();
  const client = new MemoryClient(lists, answer);
  const connection = { apiUrl: 'https://api.example', client } as unknown as Connection;
  const session: Pick<SessionStore, 'onDidChange' | 'current' | 'whenStarted'> = {
    onDidChange: changed.event,
    current: { kind: 'signedIn', connection, account: undefined },
    whenStarted: () => Promise.resolve(),
  };
  const inventory = new Inventory(session as SessionStore, (error) => assert.fail(error));
  changed.fire(session.current);
  return { inventory, client };
}

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

  it('keeps rows that came but were not shown yet where somebody does not want to wait', async () => {
    const lists = listsOf({ runners: 3, integrations: 1000 });
    let isHeld = false;
    const { inventory, client } = inventoryOf(lists, ({ list, page, options }) => {
      if (isHeld || page === 9) {
        return never();
      }
      if (list === 'runners') {
        const error = apiError({ problem: 'connectionLost', code: 'unavailable' });
        options.onRetry?.({ error, waitMs: 60_000, askedFor: false });
        return never();
      }
      return undefined;
    });
    // Whoever is told of rows takes his time, so that more come before he is told again.
    inventory.onDidChange(() => {
      const until = performance.now() + 20;
      while (performance.now() < until);
    });
    void inventory.refresh();
    while (client.calls.every(({ page }) => page < 9)) {
      await setImmediate();
    }
    isHeld = true;
    void inventory.refresh();
    await setImmediate();
    await setImmediate();
    assert.equal(inventory.state.rows.integrations.length, 900);
    inventory.dispose();
  });
});
