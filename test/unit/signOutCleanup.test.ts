import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId } from '../../src/account/account.ts';
import { AccountState } from '../../src/account/accountState.ts';
import type { ApiKeys } from '../../src/account/apiKeys.ts';
import { Environment } from '../../src/account/environment.ts';
import { acceptKey, rememberAccount } from '../../src/account/environmentWriter.ts';
import { SessionStore } from '../../src/account/session.ts';
import { SignOutCleanup } from '../../src/signOutCleanup.ts';
import { account, ONA } from './account/accounts.ts';
import { MemoryStorage } from './account/memoryStorage.ts';
import { testSources } from './account/testSources.ts';

const [one, two] = [account(ONA, 'org-1'), account(ONA, 'org-2')];

describe('what is kept of an account', () => {
  let storage: MemoryStorage;
  let opened: { dispose(): unknown }[];
  beforeEach(() => {
    storage = new MemoryStorage();
    opened = [];
  });
  afterEach(() => opened.forEach((one) => one.dispose()));

  /** A window, and the machine that it works on. */
  async function open(from = storage, workspace = new MemoryStorage(), variables = {}) {
    const forgotten: string[] = [];
    const sources = testSources(from, { variables, own: workspace });
    const { apiKeys, environment } = sources;
    const session = new SessionStore(sources);
    const filter = new AccountState({
      state: workspace.memento,
      key: 'onaScm.filter',
      account: () => session.account,
    });
    const notes = {
      forget: async (accounts: ReadonlySet<string>, isNobodyHere: boolean) => {
        if (filter.isOf(accounts, isNobodyHere)) {
          await filter.set(undefined);
        }
      },
    };
    const answersForgotten: string[] = [];
    const changesForgotten: string[] = [];
    const forgetting = (list: string[]) => ({
      forget: (accounts: readonly string[]) => Promise.resolve(void list.push(...accounts)),
    });
    const kept = new SignOutCleanup({
      session,
      apiKeys,
      environment,
      cache: forgetting(forgotten),
      checks: forgetting(answersForgotten),
      changes: forgetting(changesForgotten),
      treeOptions: notes,
      recents: notes,
    });
    opened.push(session, kept);
    await session.restart();
    await settled();
    return { session, apiKeys, forgotten, answersForgotten, changesForgotten, filter, workspace };
  }

  const settled = () => new Promise(setImmediate);
  const add = ({ apiKeys }: { apiKeys: ApiKeys }, added: Account) => apiKeys.store(added, 'key');
  const fingerprint = (of: Account) => accountFingerprint(accountId(of));

  it('stays while it is signed in, and where nobody is', async () => {
    await add(await open(), one);
    const { forgotten, filter, workspace } = await open();
    await filter.set('gitlab');
    const again = await open(storage, workspace);
    assert.deepEqual([forgotten, again.forgotten, again.filter.value], [[], [], 'gitlab']);
    // Another user of the same server.
    const stranger = await open(new MemoryStorage());
    assert.deepEqual(stranger.forgotten, []);
  });

  it('is deleted by every window that learns of its sign-out, once, even one that shows another account', async () => {
    const local = await open();
    await add(local, one);
    const remote = await open();
    await remote.filter.set('gitlab');
    await add(local, two);
    const elsewhere = await open();
    await elsewhere.filter.set('github');
    await local.session.follow();
    await local.session.switchTo(one);
    await local.session.signOut();
    for (const { session } of [remote, elsewhere, remote, elsewhere]) {
      await session.follow();
      await settled();
    }
    for (const { forgotten } of [local, remote, elsewhere]) {
      assert.deepEqual(forgotten, [fingerprint(one)]);
    }
    for (const { answersForgotten, changesForgotten } of [local, remote, elsewhere]) {
      assert.deepEqual(answersForgotten, [fingerprint(one)]);
      assert.deepEqual(changesForgotten, [fingerprint(one)]);
    }
    assert.deepEqual([remote.filter.value, elsewhere.filter.value], [undefined, 'github']);
  });

  it('is deleted at the next start on a machine that had no window open, in any profile', async () => {
    const local = await open();
    await add(local, one);
    const remote = await open();
    await remote.filter.set('gitlab');
    await local.apiKeys.forget(one);
    assert.deepEqual((await open(storage, remote.workspace)).forgotten, [fingerprint(one)]);
    assert.equal(remote.filter.value, undefined);
    assert.deepEqual((await open(storage.otherProfile())).forgotten, [fingerprint(one)]);
  });

  it('stays if somebody has signed in again by then', async () => {
    const local = await open();
    await add(local, one);
    const remote = await open();
    await local.apiKeys.forget(one);
    await local.apiKeys.store({ ...one, sequence: local.apiKeys.nextSequence() }, 'new key');
    await remote.session.follow();
    await settled();
    assert.deepEqual(remote.forgotten, []);
    assert.equal(remote.session.current.kind, 'signedIn');
  });

  it('is deleted where somebody signed out, even if it is not known whose it was', async () => {
    const workspace = new MemoryStorage();
    workspace.state.set('onaScm.filter', 'gitlab');
    await add(await open(), one);
    const { session, filter } = await open(storage, workspace);
    assert.equal(filter.value, 'gitlab');
    await session.signOut();
    await settled();
    assert.equal(filter.value, undefined);
  });

  it('stays where it is not known who is signed in', async () => {
    const workspace = new MemoryStorage();
    workspace.state.set('onaScm.filter', 'gitlab');
    await add(await open(), one);
    const profile = storage.otherProfile();
    profile.failGet = new Error('locked');
    const { session, filter } = await open(profile, workspace);
    assert.equal(session.current.kind, 'signedOut');
    assert.equal(filter.value, 'gitlab');
  });

  it('of the environment’s key is deleted on every machine after a sign-out', async () => {
    const variables = { ONA_API_KEY: 'env-key' };
    await rememberAccount(new Environment(variables, storage.memento), `${ONA}/api`, one);
    const local = await open(storage, new MemoryStorage(), variables);
    assert.deepEqual(local.session.account, one);
    await local.session.signOut();
    await settled();
    const remote = await open(storage, new MemoryStorage(), variables);
    assert.deepEqual([local.forgotten, remote.forgotten], [[fingerprint(one)], [fingerprint(one)]]);
    // Signed in again: a window that shows another account leaves it alone.
    const again = new Environment(variables, storage.memento);
    await acceptKey(again);
    await rememberAccount(again, `${ONA}/api`, { ...one, sequence: remote.apiKeys.nextSequence() });
    await add(remote, two);
    assert.deepEqual((await open()).forgotten, []);
  });

  it('of the environment’s key is deleted after a sign-out, whatever keys it had before', async () => {
    for (const key of ['old-key', 'env-key']) {
      await rememberAccount(new Environment({ ONA_API_KEY: key }, storage.memento), `${ONA}/api`, one);
    }
    const local = await open(storage, new MemoryStorage(), { ONA_API_KEY: 'env-key' });
    await local.session.signOut();
    await settled();
    assert.deepEqual(local.forgotten, [fingerprint(one)]);
    // A machine whose key is another one still shows it.
    const other = { ONA_API_KEY: 'old-key' };
    const remote = await open(storage, new MemoryStorage(), other);
    assert.deepEqual(remote.forgotten, []);
    const seen = { ...one, sequence: remote.apiKeys.nextSequence() };
    await rememberAccount(new Environment(other, storage.memento), `${ONA}/api`, seen);
    assert.deepEqual((await open()).forgotten, []);
  });
});
