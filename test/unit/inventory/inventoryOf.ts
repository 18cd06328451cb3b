import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Account, ownerOf } from '../../../src/account/account.ts';
import type { Session, SignedIn } from '../../../src/account/sessionState.ts';
import { Emitter } from '../../../src/base/event.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import type { CompleteData } from '../../../src/inventory/model.ts';
import { type Lists, MemoryClient, type PageCall } from './load/memoryClient.ts';

export const jane: Account = {
  origin: 'https://api.example',
  apiUrl: 'https://api.example/api',
  organizationId: 'org-1',
  organizationName: 'Acme',
  userName: 'Jane',
  sequence: 0,
};

export function signedIn(
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

/** A signed-in user's inventory, with an in-memory API. */
export function inventoryOf(
  lists: Lists,
  answer: (call: PageCall) => Promise<void> | undefined = () => undefined,
) {
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
    whenSubjectKnown: () => Promise.resolve(ownerOf(session.account)),
  };
  const become = (next: Session) => {
    current = next;
    changed.fire(current);
  };
  const kept = new Map<string, CompleteData>();
  const cache = {
    read: async ({ organizationId }: Account) => {
      await setImmediate();
      return kept.get(organizationId);
    },
    write: ({ organizationId }: Account, { data, asOf }: CompleteData) => {
      kept.set(organizationId, { data, asOf });
      return Promise.resolve();
    },
  };
  const inventory = new Inventory({ session, cache, log: (error) => assert.fail(error) });
  become(signedIn(client, undefined));
  return { inventory, client, become, kept };
}
