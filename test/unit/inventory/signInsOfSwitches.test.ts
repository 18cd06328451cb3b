import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Account, ownerOf } from '../../../src/account/account.ts';
import type { Session } from '../../../src/account/sessionState.ts';
import type { CallOptions } from '../../../src/api/transport/connect.ts';
import { Emitter } from '../../../src/base/event.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import { tokenOf } from './fixtures.ts';
import { jane, signedIn } from './inventoryOf.ts';
import { randomOf } from './load/editedServer.ts';
import { apiError, listsOf, MemoryClient, type PageCall } from './load/memoryClient.ts';

/** Each seed is a history of sign-ins, sign-outs and loads; a failure names it. */
const SEEDS = 150;
const STEPS = 12;

const PEOPLE = ['jane', 'joe'];
const ORGANIZATIONS = ['org-1', 'org-2'];

/** A client with somebody's key for an organization. */
class OwnedClient extends MemoryClient {
  readonly owner: string;
  /** Whose sign-ins it was asked for. */
  readonly askedFor: string[] = [];

  constructor(owner: string, answer: (call: PageCall) => Promise<void> | undefined) {
    super(listsOf({ runners: 2, integrations: 3 }), answer);
    this.owner = owner;
  }

  override listHostAuthenticationTokens(subjectId: string, options: CallOptions) {
    if (!options.signal.aborted) {
      this.askedFor.push(subjectId);
    }
    this.signIns = [tokenOf({ id: subjectId, subject: { id: subjectId, principal: 'PRINCIPAL_USER' } })];
    return super.listHostAuthenticationTokens(subjectId, options);
  }
}

async function checkHistory(seed: number): Promise<void> {
  const random = randomOf(seed);
  const one = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
  const pause = async () => {
    for (let i = Math.floor(random() * 8); i > 0; i--) {
      await setImmediate();
    }
  };
  const changed = new Emitter<Session>();
  const signedOut: Session = { kind: 'signedOut', apiUrl: jane.apiUrl, lost: undefined };
  let current: Session = signedOut;
  let client: OwnedClient | undefined;
  let owner: string | undefined;
  const known = () => (current.kind === 'signedIn' ? current.account : undefined);
  const become = (next: Session) => {
    current = next;
    changed.fire(next);
  };
  const accountOf = (subjectId: string | undefined, organizationId: string): Account => ({
    ...jane,
    organizationId,
    ...(subjectId !== undefined && { subjectId, principal: 'PRINCIPAL_USER' }),
  });
  const session = {
    get connection() {
      return current.kind === 'signedIn' ? current.connection : undefined;
    },
    get account() {
      return known();
    },
    onDidChange: changed.event,
    whenStarted: () => Promise.resolve(),
    /** As the session store does: whoever is signed in once the API has answered. */
    whenSubjectKnown: async () => {
      const { connection } = session;
      if (known()?.subjectId === undefined) {
        await pause();
        const now = known();
        if (session.connection === connection && current.kind === 'signedIn' && owner !== undefined) {
          become({ ...current, account: accountOf(owner, now?.organizationId ?? 'org-1') });
        }
      }
      return ownerOf(known());
    },
  };
  const cache = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
  const inventory = new Inventory({ session, cache, log: (error) => assert.fail(error) });
  const wrong: string[] = [];
  inventory.onDidChange(({ signIns }) => {
    if (signIns !== undefined) {
      const ids = [signIns.subject.id, ...signIns.tokens.map(({ id }) => id)];
      if (ids.some((id) => id !== owner)) {
        wrong.push(`${String(owner)} is shown those of ${ids.join()}`);
      }
    }
  });
  const clients: OwnedClient[] = [];
  for (let step = 0; step < STEPS; step++) {
    const action = one([
      'signIn',
      'signIn',
      'signOut',
      'refresh',
      'refresh',
      'refresh',
      'reconnect',
      'cancel',
    ]);
    if (action === 'signIn') {
      const person = one(PEOPLE);
      client = new OwnedClient(person, async ({ list }) => {
        await pause();
        if (random() < 0.2) {
          throw apiError(
            list === 'signIns' && random() < 0.5 ? { problem: 'refused', code: 'invalid_argument' } : {},
          );
        }
      });
      clients.push(client);
      owner = person;
      const subjectId = random() < 0.6 ? person : undefined;
      const account = random() < 0.8 ? accountOf(subjectId, one(ORGANIZATIONS)) : undefined;
      become(signedIn(client, account));
    } else if (action === 'signOut') {
      owner = undefined;
      become(signedOut);
    } else if (action === 'refresh') {
      void inventory.refresh(one(['parallel', 'plain']));
    } else if (action === 'reconnect') {
      void inventory.reconnect();
    } else {
      inventory.cancel();
    }
    await pause();
  }
  // How much of a history was loaded depends on the time it took. Its end does not.
  owner = one(PEOPLE);
  client = new OwnedClient(owner, () => undefined);
  clients.push(client);
  become(signedIn(client, accountOf(owner, one(ORGANIZATIONS))));
  const { signIns } = await inventory.refresh('plain');
  assert.equal(signIns?.subject.id, owner);
  await inventory.whenIdle();
  inventory.dispose();
  assert.deepEqual(wrong, []);
  for (const { owner: person, askedFor, calls } of clients) {
    assert.ok(
      askedFor.every((subjectId) => subjectId === person),
      `a key of ${person} asked for the sign-ins of ${askedFor.join()}`,
    );
    const loads = calls.filter(({ list }) => list === 'runners').length;
    assert.ok(askedFor.length <= loads, `${askedFor.length} calls for sign-ins in ${loads} loads`);
  }
}

describe('the sign-ins shown while people switch accounts', () => {
  it(`are always those of who is signed in, seeds 1 to ${SEEDS}`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      await checkHistory(seed).catch((error: unknown) => {
        throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
      });
    }
  });
});
