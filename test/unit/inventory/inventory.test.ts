import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../../src/account/account.ts';
import type { Session, SignedIn } from '../../../src/account/sessionState.ts';
import type { CachedRows } from '../../../src/inventory/cachedRows.ts';
import { Emitter } from '../../../src/base/event.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import { loadingState } from './inventoryStates.ts';
import { apiError, type Lists, listsOf, MemoryClient, never, type PageCall } from './memoryClient.ts';

const jane: Account = {
  origin: 'https://api.example',
  apiUrl: 'https://api.example/api',
  organizationId: 'org-1',
  organizationName: 'Acme',
  userName: 'Jane',
  signedInAt: 0,
};

function signedIn(
  client: MemoryClient,
  account: Account | undefined,
  environmentVariable?: string,
): SignedIn {
  const { apiUrl } = jane;
  return {
    kind: 'signedIn',
    connection: { apiUrl, client, environmentVariable },
    account,
  } as unknown as SignedIn;
}

/** An inventory of somebody who is signed in to an API in memory. */
function inventoryOf(lists: Lists, answer: (call: PageCall) => Promise<void> | undefined = () => undefined) {
  const changed = new Emitter<Session>();
  const client = new MemoryClient(lists, answer);
  let current: Session = { kind: 'starting' };
  const session = {
    get connection() {
      return current.kind === 'signedIn' ? current.connection : undefined;
    },
    get account() {
      return current.kind === 'signedIn' ? current.account : undefined;
    },
    onDidChange: changed.event,
    whenStarted: () => Promise.resolve(),
  };
  const become = (next: Session) => {
    current = next;
    changed.fire(current);
  };
  const kept = new Map<string, CachedRows>();
  const cache = {
    read: async ({ organizationId }: Account) => {
      await setImmediate();
      return kept.get(organizationId);
    },
    write: ({ organizationId }: Account, { rows, asOf }: CachedRows) => {
      kept.set(organizationId, { rows, asOf });
      return Promise.resolve();
    },
  };
  const inventory = new Inventory({ session, cache, log: (error) => assert.fail(error) });
  become(signedIn(client, undefined));
  return { inventory, client, become, kept };
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

  describe('at the start of a window', () => {
    const lists = listsOf({ runners: 2, integrations: 3 });
    const asOf = new Date('2026-11-23T12:00:00Z');

    it('has the rows of the last one at once, as of then, and asks for them anew', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      kept.set('org-1', { rows: lists, asOf });
      become(signedIn(client, jane));
      assert.equal(inventory.state.rows.runners.length, 0);
      await setImmediate();
      await setImmediate();
      assert.deepEqual(inventory.state, { ...loadingState(lists), asOf });
      assert.equal(client.calls.length, 0, 'nobody has asked for a load yet');
      const { kind, rows } = await inventory.refresh();
      assert.equal(kind, 'ready');
      assert.equal(rows.integrations[0], lists.integrations[0], 'what did not change is the same object');
    });

    it('keeps them, as of then, where the API fails', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists, () =>
        Promise.reject(apiError({ problem: 'hostNotFound', code: 'unavailable' })),
      );
      kept.set('org-1', { rows: lists, asOf });
      become(signedIn(client, jane));
      const state = await inventory.refresh();
      assert.equal(state.kind, 'stale');
      assert.equal(state.asOf, asOf);
      assert.deepEqual(state.rows.integrations, lists.integrations);
    });

    it('has not those of another organization, nor of one that was left while they were read', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      kept.set('org-1', { rows: lists, asOf });
      become(signedIn(client, jane));
      become(signedIn(client, { ...jane, organizationId: 'org-2' }));
      await setImmediate();
      await setImmediate();
      assert.equal(inventory.state.rows.runners.length, 0);
    });

    it('leaves to the next one what a whole load has brought', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      become(signedIn(client, jane));
      const { rows } = await inventory.refresh();
      assert.equal(kept.get('org-1')?.rows, rows);
    });

    it('leaves it to the next one where it is known only then whose it is', async () => {
      const { inventory, client, become, kept } = inventoryOf(lists);
      const nobody = signedIn(client, undefined, 'ONA_API_KEY');
      become(nobody);
      const { rows } = await inventory.refresh();
      assert.equal(kept.size, 0);
      become({ ...nobody, account: jane });
      assert.equal(kept.get('org-1')?.rows, rows);
    });
  });

  it('keeps its rows where another key for the same organization comes, and loads them anew', async () => {
    const { inventory, client, become } = inventoryOf(listsOf({ runners: 2, integrations: 3 }));
    become(signedIn(client, jane));
    const { rows } = await inventory.refresh();
    become(signedIn(client, { ...jane, signedInAt: 1 }));
    assert.equal(inventory.state.kind, 'loading');
    assert.equal(inventory.state.rows, rows);
    become(signedIn(client, { ...jane, organizationId: 'org-2' }));
    assert.equal(inventory.state.rows.runners.length, 0);
  });
});
