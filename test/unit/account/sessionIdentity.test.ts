import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId } from '../../../src/account/account.ts';
import { Environment } from '../../../src/account/environment.ts';
import { rememberAccount } from '../../../src/account/environmentWriter.ts';
import { SessionStore } from '../../../src/account/session.ts';
import type { Secrets } from '../../../src/account/timedSecrets.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { quiet } from '../api/testClient.ts';
import { account } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys, testSources } from './testSources.ts';

describe('what the API says of a window’s account', () => {
  let sandbox: Sandbox;
  let storage: MemoryStorage;
  let stores: SessionStore[];
  beforeEach(async () => {
    sandbox = await startSandbox();
    storage = new MemoryStorage();
    stores = [];
  });
  afterEach(() => {
    stores.forEach((store) => store.dispose());
    return sandbox.close();
  });

  async function open(variables: Record<string, string> = {}, secrets?: Secrets) {
    const sources = testSources(storage, { apiUrl: sandbox.url, variables, secrets });
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    return { session, ...sources };
  }

  const openWithKey = () => open({ ONA_API_KEY: sandbox.apiKey });

  /** Waits for the next change of the session, which the action leads to. */
  async function afterChange(session: SessionStore, action: () => unknown): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      const listener = session.onDidChange(() => {
        listener.dispose();
        resolve();
      });
    });
    await action();
    await changed;
  }

  const asked = () => sandbox.requests.map(({ method }) => method).sort();
  const fail = (method: 'GetAuthenticatedIdentity' | 'GetOrganization' | 'GetAuthenticatedUser') =>
    sandbox.faults.set(method, { kind: 'connect', code: 'internal', message: '' });

  describe('with a key from the environment', () => {
    it('is asked for again when somebody returns, or a load has failed too', async () => {
      for (const trigger of [
        (session: SessionStore) => session.follow(),
        (session: SessionStore) => session.askForAccount(false),
      ]) {
        storage = new MemoryStorage();
        fail('GetAuthenticatedIdentity');
        const { session } = await openWithKey();
        assert.equal(await session.whenIdentified(), undefined);
        sandbox.faults.clear();
        await afterChange(session, () => trigger(session));
        assert.equal(session.organizationName, 'Acme');
        assert.equal(session.identityProblem, undefined);
      }
    });

    it('is not asked for again when somebody returns if the key was rejected', async () => {
      const { session } = await open({ ONA_API_KEY: 'wrong' });
      assert.equal(await session.whenIdentified(), undefined);
      const { length } = sandbox.requests;
      await session.follow();
      session.askForAccount(false);
      sandbox.keys.set('wrong', { principal: 'user' });
      assert.equal(sandbox.requests.length, length);
      await afterChange(session, () => session.askForAccount(true));
      assert.equal(session.organizationName, 'Acme');
    });

    it('does not replace what is known if it names no organization', async () => {
      const { session } = await openWithKey();
      await session.whenIdentified();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body: '{}' });
      const { session: next } = await openWithKey();
      await next.whenIdentified();
      assert.equal(next.organizationName, 'Acme');
      assert.equal(next.identityProblem, 'noOrganization');
    });

    it('has the number of the same sign-in in every window, and another one for another key', async () => {
      const { session } = await openWithKey();
      const first = await session.whenIdentified();
      const { session: next } = await openWithKey();
      const numbers = [next.account?.sequence];
      next.askForAccount(true);
      numbers.push((await next.whenIdentified())?.sequence);
      assert.deepEqual(numbers, [first?.sequence, first?.sequence]);
      sandbox.keys.set('another', { principal: 'user' });
      const { session: other } = await open({ ONA_API_KEY: 'another' });
      assert.notEqual((await other.whenIdentified())?.sequence, first?.sequence);
    });

    it('has a new number after a sign-out of its organization: what was kept before that is forgotten', async () => {
      const { session, apiKeys } = await openWithKey();
      const first = await session.whenIdentified();
      assert.ok(first);
      await apiKeys.store({ ...first, sequence: apiKeys.nextSequence() }, 'a stored key');
      await apiKeys.forget(first);
      const { session: next } = await openWithKey();
      next.askForAccount(true);
      const again = await next.whenIdentified();
      const signedOut = apiKeys.signedOut().get(accountFingerprint(accountId(first)));
      assert.ok(again !== undefined && signedOut !== undefined && again.sequence > signedOut);
    });

    it('does not matter for a sign-out, which forgets what earlier keys have left', async () => {
      const earlier = account(new URL(sandbox.url).origin, 'org-1');
      const of = new Environment({ ONA_API_KEY: 'earlier' }, storage.memento);
      await rememberAccount(of, sandbox.url, earlier);
      fail('GetAuthenticatedIdentity');
      const { session, apiKeys, environment } = await openWithKey();
      assert.equal(await session.whenIdentified(), undefined);
      await session.signOut();
      assert.ok(apiKeys.signedOut().has(accountFingerprint(accountId(earlier))));
      assert.deepEqual(environment.accounts(), []);
    });
  });

  describe('with a stored key', () => {
    /** Stores a key with names that are out of date. */
    async function storeOld(): Promise<Account> {
      const { id } = sandbox.organization.profile;
      const old = account(new URL(sandbox.url).origin, id, {
        apiUrl: sandbox.url,
        organizationName: 'Old',
        userName: 'Old Jane',
      });
      await (await openKeys(storage)).store(old, sandbox.apiKey);
      return old;
    }

    it('has the current names once rows were loaded, here and in every other window', async () => {
      const old = await storeOld();
      const { session } = await open();
      const { session: other } = await open();
      session.askForAccount(false);
      assert.deepEqual([session.account, asked()], [old, []], 'the lists go first');
      await afterChange(session, () => session.askForAccount(true));
      const renamed = {
        ...old,
        organizationName: 'Acme',
        userName: 'Jane Doe',
        subjectId: sandbox.organization.user.id,
        principal: 'PRINCIPAL_USER',
      };
      assert.deepEqual(session.account, renamed);
      assert.deepEqual(asked(), ['GetAuthenticatedIdentity', 'GetAuthenticatedUser', 'GetOrganization']);
      await session.whenIdentified();
      const { connection } = other;
      await other.follow();
      assert.deepEqual(other.account, renamed);
      assert.equal(other.connection, connection, 'without another load');
      const keys = await openKeys(storage.otherProfile());
      assert.deepEqual(keys.accounts(), [renamed]);
      assert.equal(await keys.keyOf(renamed), sandbox.apiKey);
    });

    it('is asked for once in a window, and not stored again if nothing has changed', async () => {
      await storeOld();
      const { session } = await open();
      session.askForAccount(true);
      await session.whenIdentified();
      sandbox.resetRecords();
      session.askForAccount(true);
      await session.follow();
      await session.whenIdentified();
      assert.deepEqual(asked(), []);
      const { secretStorage } = storage;
      const store = () => assert.fail('stored');
      const { session: next } = await open({}, { ...secretStorage, store });
      next.askForAccount(true);
      await next.whenIdentified();
      assert.equal(next.organizationName, 'Acme');
    });

    it('is not signed in again if somebody signs out while the names are stored', async () => {
      const old = await storeOld();
      const other = await openKeys(storage);
      const { secretStorage } = storage;
      const store = async (name: string, value: string) => {
        await other.forget(old);
        await secretStorage.store(name, value);
      };
      const { session } = await open({}, { ...secretStorage, store });
      session.askForAccount(true);
      await session.whenIdentified();
      assert.deepEqual((await openKeys(storage)).accounts(), []);
      assert.ok(!JSON.stringify([...storage.secrets]).includes(sandbox.apiKey));
    });

    it('keeps its key and names if the API says that it is another one’s, or nobody’s', async () => {
      const old = await storeOld();
      for (const body of ['{}', '{"organizationId":"other"}']) {
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body });
        const { session } = await open();
        session.askForAccount(true);
        assert.deepEqual(await session.whenIdentified(), old);
      }
    });

    it('has its ID for a name only until the API returns one', async () => {
      const { session } = await open();
      fail('GetOrganization');
      await session.signIn(sandbox.url, sandbox.apiKey, { ...quiet, keep: 'secretStorage' });
      assert.equal(session.organizationName, sandbox.organization.profile.id);
      session.askForAccount(true);
      await session.whenIdentified();
      sandbox.faults.clear();
      await afterChange(session, () => session.askForAccount(true));
      assert.equal(session.organizationName, 'Acme');
      await session.whenIdentified();
      assert.equal((await open()).session.organizationName, 'Acme');
    });

    it('keeps its name if somebody signs in again, and the API does not return one', async () => {
      await storeOld();
      const { session } = await open();
      fail('GetOrganization');
      await session.signIn(sandbox.url, sandbox.apiKey, { ...quiet, keep: 'secretStorage' });
      assert.equal(session.organizationName, 'Old');
    });
  });
});
