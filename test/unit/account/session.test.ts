import assert from 'node:assert/strict';
import { type Account, accountId } from '../../../src/account/account.ts';
import { ApiKeys } from '../../../src/account/apiKeys.ts';
import { SessionStore } from '../../../src/account/session.ts';
import { keyProblemOf } from '../../../src/account/sessionState.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { testSources } from './testSources.ts';

const [one, two] = [account(ONA, 'org-1'), account(ONA, 'org-2')];

describe('the session of a window', () => {
  /** Shared by all windows. */
  let storage: MemoryStorage;
  let stores: SessionStore[];
  beforeEach(() => {
    storage = new MemoryStorage();
    stores = [];
  });
  afterEach(() => stores.forEach((store) => store.dispose()));

  /** @param own the window's own storage: reuse it to simulate a reload */
  async function openWindow(own = new MemoryStorage()) {
    const sources = testSources(storage, { own });
    const { apiKeys } = sources;
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    await apiKeys.load();
    return { session, apiKeys, own };
  }

  const add = ({ apiKeys }: { apiKeys: ApiKeys }, added: Account) =>
    apiKeys.store(added, `key of ${accountId(added)}`);

  it('stays with its organization when another one is added, though it never chose', async () => {
    await add(await openWindow(), one);
    const { session, own } = await openWindow();
    assert.deepEqual(session.account, one);
    await add(await openWindow(), two);
    await session.follow();
    assert.deepEqual(session.account, one);
    const reloaded = await openWindow(own);
    assert.deepEqual(reloaded.session.account, one);
    assert.deepEqual((await openWindow()).session.account, two, 'a new window takes the last sign-in');
  });

  it('that found an organization only later stays with that', async () => {
    const { session, own } = await openWindow();
    await add(await openWindow(), one);
    await session.follow();
    await add(await openWindow(), two);
    assert.deepEqual((await openWindow(own)).session.account, one);
  });

  it('tells that an account is gone when another window signs out of it', async () => {
    const other = await openWindow();
    await add(other, one);
    const { session } = await openWindow();
    await other.apiKeys.forget(one);
    for (let i = 0; i < 2; i++) {
      await session.follow();
      const { current } = session;
      assert.ok(current.kind === 'signedOut' && current.isElsewhere === true);
    }
  });

  it('follows another window’s sign-out and sign-in, whatever the clocks of their machines say', async () => {
    const ahead = { ...one, sequence: Date.now() + 86_400_000 };
    const other = await openWindow();
    await add(other, ahead);
    const { session } = await openWindow();
    await session.signOut();
    assert.equal(session.current.kind, 'signedOut');
    await other.session.follow();
    assert.equal(other.session.current.kind, 'signedOut');
    await other.apiKeys.store({ ...one, sequence: other.apiKeys.nextSequence() }, 'new key');
    await session.follow();
    assert.equal(session.current.kind, 'signedIn');
  });

  it('follows a sign-in that came after the sign-out, even if it hears of both at once', async () => {
    const other = await openWindow();
    await add(other, one);
    const { session, own } = await openWindow();
    await other.apiKeys.forget(one);
    await other.apiKeys.store({ ...two, sequence: other.apiKeys.nextSequence() }, 'key');
    await session.follow();
    assert.equal(session.account?.organizationId, 'org-2');
    assert.equal((await openWindow(own)).session.account?.organizationId, 'org-2');
  });

  it('does not take another account that had signed in before the sign-out', async () => {
    const other = await openWindow();
    await add(other, one);
    const { session, own } = await openWindow();
    await add(other, two);
    await other.apiKeys.forget(one);
    for (let i = 0; i < 2; i++) {
      await session.follow();
      assert.equal(session.current.kind, 'signedOut');
    }
    assert.equal((await openWindow(own)).session.current.kind, 'signedOut');
  });

  it('stays signed in with a key of another scope when the same account is signed out elsewhere', async () => {
    await add(await openWindow(), one);
    const { session } = await openWindow();
    const stranger = new MemoryStorage();
    const keys = new ApiKeys(stranger.secretStorage, stranger.memento);
    await keys.store(one, 'another key');
    await keys.forget(one);
    await session.follow();
    assert.deepEqual(session.account, one);
  });

  it('keeps a key that only it has when it looks again who is signed in', async () => {
    const { session, apiKeys } = await openWindow();
    await apiKeys.keepForWindow(one, 'key');
    await session.switchTo(one);
    await session.restart();
    await session.follow();
    assert.deepEqual(session.account, one);
    assert.equal((await openWindow()).session.current.kind, 'signedOut');
  });

  it('whose key is lost offers to sign in where that key belongs', async () => {
    const acme = account(ACME, 'org-1');
    const { session, apiKeys, own } = await openWindow();
    await add({ apiKeys }, acme);
    await session.switchTo(acme);
    storage.secrets.clear();
    const { session: reloaded } = await openWindow(own);
    assert.ok(reloaded.current.kind === 'signedOut');
    assert.deepEqual(reloaded.current.lost, acme);
    assert.equal(reloaded.apiUrl(), `${ACME}/api`);
  });

  it('whose key is lost is signed out here, and not in another window, once that account is removed', async () => {
    const { session, own, apiKeys } = await openWindow();
    await add({ apiKeys }, one);
    await session.switchTo(one);
    storage.secrets.clear();
    const { session: reloaded } = await openWindow(own);
    await reloaded.signOut(one);
    for (const { current } of [reloaded, (await openWindow(own)).session]) {
      assert.ok(current.kind === 'signedOut');
      assert.deepEqual([current.lost, current.isElsewhere ?? false], [undefined, false]);
    }
  });

  describe('with a secret storage that fails', () => {
    it('is signed out of the last account, and of no other, until it works again', async () => {
      const first = await openWindow();
      await add(first, two);
      await add(first, one);
      await first.apiKeys.store({ ...one, sequence: first.apiKeys.nextSequence() }, 'key');
      storage.failure = new Error('locked');
      const { session } = await openWindow();
      assert.ok(session.current.kind === 'signedOut');
      assert.deepEqual(
        [session.current.lost?.organizationId, session.current.keyProblem],
        ['org-1', 'unreadable'],
      );
      storage.failure = undefined;
      await session.follow();
      assert.equal(session.account?.organizationId, 'org-1');
    });
  });

  it('that cannot find out who is signed in says so, without what it has read, and can try again', async () => {
    const lines: string[] = [];
    const sources = testSources(storage, { log: (line) => lines.push(line) });
    const { choices } = sources;
    const current = choices.current.bind(choices);
    choices.current = () => {
      throw new RangeError('cannot read "secret"');
    };
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    assert.ok(session.current.kind === 'signedOut' && session.current.keyProblem === 'defect');
    assert.match(lines.join(), /RangeError/);
    assert.doesNotMatch(lines.join(), /secret/);
    await session.follow();
    choices.current = current;
    await session.follow();
    assert.equal(keyProblemOf(session.current), undefined);
  });
});
