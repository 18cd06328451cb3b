import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId } from '../../../src/account/account.ts';
import { declineKey } from '../../../src/account/environmentWriter.ts';
import { SessionReader, type SessionWithKey } from '../../../src/account/sessionReader.ts';
import type { SignedIn } from '../../../src/account/sessionState.ts';
import type { WindowChoice } from '../../../src/account/windowChoice.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { testSources } from './testSources.ts';

const [onaOne, onaTwo, acme] = [account(ONA, 'org-1'), account(ONA, 'org-2'), account(ACME, 'org-1')];

interface Situation {
  readonly apiUrl?: string;
  readonly variables?: Record<string, string>;
  readonly accounts?: readonly Account[];
  readonly choice?: WindowChoice;
}

describe('who is signed in', () => {
  let storage: MemoryStorage;
  let lines: string[];
  beforeEach(() => {
    storage = new MemoryStorage();
    lines = [];
  });

  /** A window with stored keys, each called `key of` its account. */
  async function open({ apiUrl, variables, accounts = [], choice }: Situation) {
    const sources = testSources(storage, { apiUrl, variables, log: (line) => lines.push(line) });
    const { apiKeys, choices } = sources;
    await apiKeys.load();
    for (const one of accounts) {
      await apiKeys.store(one, `key of ${accountId(one)}`);
    }
    if (choice !== undefined) {
      await choices.set(choice);
    }
    return { ...sources, reader: new SessionReader(sources) };
  }

  async function read(situation: Situation): Promise<SessionWithKey> {
    return (await open(situation)).reader.read();
  }

  const lost = (account: Account) => ({
    kind: 'signedOut',
    apiUrl: `${ONA}/api`,
    lost: account,
    unusableKey: undefined,
    isElsewhere: false,
  });

  /** The key that would be sent, and its destination; undefined if none would. */
  function sent({ session, apiKey }: SessionWithKey): string | undefined {
    return session.kind === 'signedIn' ? `${apiKey} to ${session.connection.apiUrl}` : undefined;
  }

  const accounts = [onaOne, onaTwo, acme];
  const keys = { ONA_API_KEY: 'env-key' };
  const cases: Record<string, [Situation, string | undefined]> = {
    'nobody without a key': [{}, undefined],
    'the last sign-in, where no address is set': [
      { accounts: [onaOne, onaTwo] },
      `key of ${ONA}:org-2 to ${ONA}/api`,
    ],
    'one of another host, where no address is set': [
      { accounts: [acme] },
      `key of ${ACME}:org-1 to ${ACME}/api`,
    ],
    'one of the default address before one of another host': [
      { accounts },
      `key of ${ONA}:org-2 to ${ONA}/api`,
    ],
    'one of the address that is set': [
      { accounts, apiUrl: 'ona.acme.example' },
      `key of ${ACME}:org-1 to ${ACME}/api`,
    ],
    'one of its origin, at the path that is set': [
      { accounts, apiUrl: `${ACME}/ona` },
      `key of ${ACME}:org-1 to ${ACME}/ona/api`,
    ],
    'nobody at an address without a key': [{ accounts, apiUrl: 'https://b.example' }, undefined],
    'nobody at an address that is none': [{ accounts, apiUrl: 'ftp://b.example' }, undefined],
    'nobody at another port or scheme': [{ accounts, apiUrl: `${ACME}:444` }, undefined],
    'the environment’s key': [{ variables: keys }, `env-key to ${ONA}/api`],
    'a stored key before the environment’s': [
      { accounts, variables: keys },
      `key of ${ONA}:org-2 to ${ONA}/api`,
    ],
    'the environment’s key before a stored one of another host': [
      { accounts: [acme], variables: keys },
      `env-key to ${ONA}/api`,
    ],
    'nobody at an address of the environment that is not confirmed': [
      { variables: { ...keys, ONA_BASE_URL: 'https://b.example' } },
      undefined,
    ],
    'a stored key at an address of the environment': [
      { accounts, variables: { ...keys, ONA_BASE_URL: ACME } },
      `key of ${ACME}:org-1 to ${ACME}/api`,
    ],
    'nobody at a stored address that a proxy could read the key of': [
      { accounts: [account('http://127.0.0.2:8080', 'org-1')] },
      undefined,
    ],
    'one on this machine, over http': [
      { accounts: [account('http://127.0.0.1:8080', 'org-1')] },
      'key of http://127.0.0.1:8080:org-1 to http://127.0.0.1:8080/api',
    ],
    'whom the window has chosen': [
      { accounts, choice: { kind: 'account', id: accountId(onaOne), under: `${ONA}/api` } },
      `key of ${ONA}:org-1 to ${ONA}/api`,
    ],
    'whom the window has chosen, of another host': [
      { accounts, choice: { kind: 'account', id: accountId(acme), under: `${ONA}/api` } },
      `key of ${ACME}:org-1 to ${ACME}/api`,
    ],
    'not whom it has chosen under another address': [
      {
        accounts,
        apiUrl: ACME,
        choice: { kind: 'account', id: accountId(onaOne), under: `${ONA}/api` },
      },
      `key of ${ACME}:org-1 to ${ACME}/api`,
    ],
    'the environment’s key where the window has chosen that': [
      { accounts, variables: keys, choice: { kind: 'environment', under: `${ONA}/api` } },
      `env-key to ${ONA}/api`,
    ],
    'nobody in a window that signed out since': [
      { accounts, choice: { kind: 'signedOut', after: Number.MAX_SAFE_INTEGER } },
      undefined,
    ],
    'who signed in since, elsewhere': [
      { accounts, choice: { kind: 'signedOut', after: onaOne.sequence } },
      `key of ${ONA}:org-2 to ${ONA}/api`,
    ],
  };
  for (const [name, [situation, expected]] of Object.entries(cases)) {
    it(`is ${name}`, async () => {
      assert.equal(sent(await read(situation)), expected);
    });
  }

  it('comes after a sign-out that an earlier version stored with its time', async () => {
    const { reader, choices } = await open({ accounts });
    for (const [at, expected] of [
      [onaTwo.sequence - 1, `key of ${ONA}:org-2 to ${ONA}/api`],
      [acme.sequence, undefined],
    ] as const) {
      await choices.set({ kind: 'signedOut', at } as never);
      assert.equal(sent(await reader.read()), expected);
    }
  });

  it('is nobody where the chosen one was signed out while the window was closed', async () => {
    const choice: WindowChoice = { kind: 'account', id: accountId(onaTwo), under: `${ONA}/api` };
    const { apiKeys, reader } = await open({ accounts, choice });
    await apiKeys.forget(onaTwo);
    const { session } = await reader.read();
    assert.ok(session.kind === 'signedOut' && session.isElsewhere === true);
    const again = { ...onaOne, sequence: apiKeys.nextSequence() };
    await apiKeys.store(again, 'new key');
    assert.equal(sent(await reader.read()), `new key to ${ONA}/api`, 'until somebody signs in');
  });

  it('is nobody else where the key of the chosen one is lost, and says whose it was', async () => {
    const choice: WindowChoice = { kind: 'account', id: accountId(onaTwo), under: `${ONA}/api` };
    const { reader } = await open({ accounts, choice });
    storage.secrets.delete(`onaScm.account:${accountFingerprint(accountId(onaTwo))}`);
    assert.deepEqual((await reader.read()).session, lost(onaTwo));
  });

  it('is nobody while the secret storage fails, which the log says', async () => {
    const { reader } = await open({ accounts });
    storage.failure = new Error('keyring is locked');
    const { session } = await reader.read();
    assert.deepEqual(session, { ...lost(onaTwo), keyProblem: 'unreadable' });
    assert.match(lines[0] ?? '', /keyring is locked/);
  });

  it('comes from a choice that can be read, whatever stands there', async () => {
    for (const choice of [
      null,
      1,
      'x',
      [],
      { kind: 'account' },
      { kind: 'signedOut', at: 'now' },
      { kind: 'x' },
    ]) {
      const { reader, choices } = await open({ accounts });
      await choices.set(choice as never);
      assert.equal(sent(await reader.read()), `key of ${ONA}:org-2 to ${ONA}/api`);
    }
  });

  describe('by now, after another window', () => {
    async function signedIn(situation: Situation) {
      const opened = await open(situation);
      const { session, apiKey = '' } = await opened.reader.read();
      assert.equal(session.kind, 'signedIn');
      const update = () => opened.reader.update(session, apiKey);
      return { ...opened, session, update };
    }

    it('did nothing, is the same', async () => {
      for (const situation of [{ accounts }, { variables: keys }]) {
        const { session, update } = await signedIn(situation);
        assert.equal((await update())?.session, session);
      }
    });

    it('signed in elsewhere, is the same', async () => {
      const { apiKeys, session, update } = await signedIn({ accounts: [onaOne] });
      await apiKeys.store(onaTwo, 'other');
      assert.equal((await update())?.session, session);
    });

    it('entered a new key, has that', async () => {
      const { apiKeys, session, update } = await signedIn({ accounts: [onaOne] });
      await apiKeys.store({ ...onaOne, userName: 'Joe' }, 'new key');
      const now = await update();
      assert.notEqual(now?.session, session);
      assert.equal(sent(now ?? { session }), `new key to ${ONA}/api`);
      assert.equal((now?.session as SignedIn).account?.userName, 'Joe');
    });

    it('signed out, is nobody', async () => {
      const { apiKeys, update } = await signedIn({ accounts });
      await apiKeys.forget(onaTwo);
      assert.equal(await update(), undefined);
    });

    it('declined the environment’s key, is nobody', async () => {
      const { environment, update } = await signedIn({ variables: keys });
      await declineKey(environment);
      assert.equal(await update(), undefined);
    });

    it('the secret storage has lost the key, is nobody, and says so', async () => {
      const { update } = await signedIn({ accounts: [onaOne] });
      storage.secrets.clear();
      const { session } = (await update()) ?? {};
      assert.deepEqual(session, { kind: 'signedOut', apiUrl: `${ONA}/api`, lost: onaOne });
    });

    it('the secret storage fails, is the same', async () => {
      const { session, update } = await signedIn({ accounts: [onaOne] });
      storage.failure = new Error('locked');
      assert.equal((await update())?.session, session);
    });
  });
});
