import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { type Account, accountFingerprint, accountId } from '../../../src/account/account.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys } from './testSources.ts';

describe('stored API keys', () => {
  let storage: MemoryStorage;
  /** The keys as another window sees them. */
  const open = (from = storage) => openKeys(from);
  const accounts = async (from = storage) => (await open(from)).accounts();
  const store = async (added: Account, apiKey: string, from = storage) =>
    (await open(from)).store(added, apiKey);
  beforeEach(() => (storage = new MemoryStorage()));

  describe('in two profiles', () => {
    let other: MemoryStorage;
    beforeEach(() => (other = storage.otherProfile()));
    const first = account(ONA, 'org-1');

    it('are the same ones', async () => {
      await store(first, 'key-1');
      const keys = await open(other);
      assert.deepEqual(keys.accounts(), [first]);
      assert.equal(await keys.keyOf(first), 'key-1');
    });

    it('are signed out together, which is not taken for a lost key', async () => {
      await store(first, 'key-1');
      const here = await open();
      await (await open(other)).forget(first);
      await here.load();
      assert.deepEqual(here.accounts(), []);
      assert.deepEqual(await accounts(), []);
      assert.ok(here.signedOut().has(accountFingerprint(accountId(first))));
    });

    it('are lost together, which is not taken for a sign-out', async () => {
      await store(first, 'key-1');
      assert.deepEqual(await accounts(other), [first]);
      storage.secrets.clear();
      for (const profile of [storage, other]) {
        const keys = await open(profile);
        assert.deepEqual(keys.accounts(), [first]);
        assert.equal(await keys.keyOf(first), undefined);
      }
    });

    it('survive if both are stored at the same time', async () => {
      const second = account(ONA, 'org-2');
      await Promise.all([store(first, 'key-1'), store(second, 'key-2', other)]);
      for (const profile of [storage, other]) {
        assert.deepEqual(await accounts(profile), [second, first]);
      }
    });

    it('stay when one profile had signed out of the account before without having a key, by a clock far ahead', async () => {
      const here = await open();
      const now = Date.now();
      mock.timers.enable({ apis: ['Date'], now: now + 4 * 3_600_000 });
      await here.signOutUnstored([first]);
      mock.timers.reset();
      const there = await open(other);
      await there.store({ ...first, sequence: there.nextSequence() }, 'key-1');
      for (const profile of [storage, other]) {
        const keys = await open(profile);
        assert.equal(keys.accounts().length, 1);
        assert.equal(await keys.keyOf(first), 'key-1');
      }
    });

    it('get numbers in the order of what happened, whatever the clocks say', async () => {
      const farAhead = Date.now() * 2;
      await store({ ...first, sequence: farAhead }, 'key-1');
      const [here, there] = [await open(), await open(other)];
      await here.forget(first);
      await there.load();
      const out = here.signedOut().get(accountFingerprint(accountId(first))) ?? 0;
      assert.ok(out > farAhead);
      assert.ok(there.nextSequence() > out);
      await there.store({ ...first, sequence: there.nextSequence() }, 'key-2');
      assert.equal((await accounts()).length, 1);
    });
  });

  describe('in two tabs of a browser', () => {
    const first = account(ONA, 'org-1');

    it('are signed out together, although a tab has an old copy of the secrets, and writes it back', async () => {
      await store(first, 'key-1');
      const tab = storage.otherTab();
      const there = await open(tab);
      await (await open()).forget(first);
      await there.load();
      assert.deepEqual(there.accounts(), []);
      const reloaded = tab.otherTab();
      assert.deepEqual(await accounts(reloaded), []);
      assert.ok(!JSON.stringify([...reloaded.secrets]).includes('key-1'), 'the key is deleted again');
    });
  });

  describe('of an earlier version', () => {
    const first = account(ONA, 'org-1');
    const { sequence, ...rest } = first;
    const old = { ...rest, signedInAt: sequence };
    beforeEach(() => {
      storage.state.set('onaScm.accounts', [old]);
      storage.secrets.set(`onaScm.apiKey:${accountId(first)}`, 'key-1');
    });

    it('are carried over, in every profile that had them', async () => {
      const other = storage.otherProfile();
      other.state.set('onaScm.accounts', [old]);
      for (const profile of [storage, other, storage.otherProfile()]) {
        const keys = await open(profile);
        assert.deepEqual(keys.accounts(), [first]);
        assert.equal(await keys.keyOf(first), 'key-1');
      }
      assert.equal(storage.secrets.size, 1, 'the key is stored once');
    });

    it('are carried over again if an earlier version has signed in since', async () => {
      await open();
      storage.state.set('onaScm.accounts', [{ ...old, signedInAt: sequence + 1 }]);
      storage.secrets.set(`onaScm.apiKey:${accountId(first)}`, 'key-2');
      for (const profile of [storage, storage.otherProfile()]) {
        assert.equal(await (await open(profile)).keyOf(first), 'key-2');
      }
      assert.equal(storage.secrets.size, 1, 'the key is stored once');
    });

    it('are not carried over after a sign-out in another profile', async () => {
      const other = storage.otherProfile();
      other.state.set('onaScm.accounts', [old]);
      await (await open()).forget(first);
      assert.deepEqual(await accounts(other), []);
      assert.ok(!JSON.stringify([...storage.secrets]).includes('key-1'));
    });

    it('are used as they are while the secret storage cannot write', async () => {
      storage.isForgetful = true;
      const keys = await open();
      assert.deepEqual(keys.accounts(), [first]);
      assert.equal(await keys.keyOf(first), 'key-1');
      await keys.forget(first);
      assert.deepEqual(await accounts(), []);
      assert.deepEqual([...storage.secrets], []);
    });
  });
});
