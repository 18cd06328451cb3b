import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId } from '../../../src/account/account.ts';
import { ApiKeys } from '../../../src/account/apiKeys.ts';
import { account, ACME, ONA } from './accounts.ts';
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

  it('are found again by their account, in any window', async () => {
    const [first, second] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    assert.deepEqual(await accounts(), []);
    await store(first, 'key-1');
    await store(second, 'key-2');
    assert.deepEqual(await accounts(), [second, first]);
    assert.equal(await (await open()).keyOf(first), 'key-1');
    assert.equal(await (await open()).keyOf(second), 'key-2');
  });

  it('stand nowhere but among the secrets', async () => {
    await store(account(ONA, 'org-1'), 'key-of-mine');
    await store(account(ONA, 'org-1'), 'newer-key-of-mine');
    assert.equal(storage.secrets.size, 1);
    assert.ok([...storage.secrets.values()].join().includes('"newer-key-of-mine"'));
    assert.ok(!JSON.stringify([...storage.state]).includes('key-of-mine'));
    assert.ok(!JSON.stringify([...storage.secrets.keys()]).includes('key-of-mine'));
  });

  it('are replaced by the next one of the same organization, whose account goes first then', async () => {
    await store(account(ONA, 'org-1'), 'key-1');
    await store(account(ONA, 'org-2'), 'key-2');
    const again = account(ONA, 'org-1', { userName: 'Joe' });
    await store(again, 'key-3');
    assert.deepEqual(
      (await accounts()).map(({ organizationId, userName }) => [organizationId, userName]),
      [
        ['org-1', 'Joe'],
        ['org-2', 'Jane'],
      ],
    );
    assert.equal(await (await open()).keyOf(again), 'key-3');
  });

  it('of several origins do not mix', async () => {
    const [ona, acme] = [account(ONA, 'org-1'), account(ACME, 'org-1')];
    await store(ona, 'ona-key');
    await store(acme, 'acme-key');
    const keys = await open();
    assert.equal(await keys.keyOf(ona), 'ona-key');
    assert.equal(await keys.keyOf(acme), 'acme-key');
    for (const other of ['http://app.gitpod.io', `${ONA}:444`, `${ONA}.evil.example`]) {
      assert.equal(await keys.keyOf(account(other, 'org-1')), undefined, other);
    }
  });

  it('are not taken from the secret of another account', async () => {
    await store(account(ONA, 'org-1'), 'key-1');
    const [[name, value] = ['', '']] = storage.secrets;
    storage.secrets.set(name, value.replaceAll(ONA, ACME));
    assert.equal(await (await open()).keyOf(account(ONA, 'org-1')), undefined);
    assert.equal(await (await open()).keyOf(account(ACME, 'org-1')), undefined);
  });

  it('are forgotten one by one, and nothing of the organization stays', async () => {
    const [first, second] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    await store(first, 'key-1');
    await store(second, 'key-2');
    await (await open()).forget(first);
    assert.deepEqual(await accounts(), [second]);
    assert.equal(await (await open()).keyOf(first), undefined);
    const all = JSON.stringify([...storage.secrets, ...storage.state]);
    assert.ok(!all.includes('org-1') && !all.includes('key-1'), all);
  });

  it('are nobody’s once forgotten, even where the secret storage does not let them go', async () => {
    const first = account(ONA, 'org-1');
    await store(first, 'key-1');
    const keys = await open();
    storage.failure = new Error('locked');
    await assert.rejects(keys.forget(first), /locked/);
    storage.failure = undefined;
    assert.deepEqual(await accounts(), []);
    assert.ok(!JSON.stringify([...storage.secrets]).includes('key-1'), 'deleted at the next start');
  });

  it('stay forgotten although another window reads what is stored at that time, and the secret storage fails', async () => {
    const one = account(ONA, 'org-1');
    await store(one, 'key-1');
    const beside = new MemoryStorage(storage.secrets, storage.state);
    const [reading, forgetting] = [await open(), await open(beside)];
    storage.hang();
    const read = reading.load();
    storage.failure = beside.failure = new Error('locked');
    await assert.rejects(forgetting.forget(one), /locked/);
    storage.answer();
    await read;
    storage.failure = undefined;
    assert.deepEqual(reading.accounts(), []);
    assert.deepEqual(await accounts(), []);
    assert.ok(!JSON.stringify([...storage.secrets]).includes('key-1'), 'the next window deletes the key');
  });

  it('that are not kept are told so, without the key, and change nothing', async () => {
    const [first, second] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    await store(first, 'key-number-1');
    const keys = await open();
    for (const fail of [
      () => (storage.failure = new Error('cannot seal key-number-2: locked')),
      () => ([storage.failure, storage.isForgetful] = [undefined, true]),
    ]) {
      fail();
      for (const added of [second, { ...first, sequence: second.sequence }]) {
        await assert.rejects(keys.store(added, 'key-number-2'), (error) => {
          assert.ok(error instanceof Error && error.name === 'KeyNotKeptError');
          assert.ok(!error.message.includes('key-number-2'));
          return true;
        });
      }
      assert.deepEqual(keys.accounts(), [first]);
    }
    assert.equal(await keys.keyOf(first), 'key-number-1');
  });

  it('that come back different leave the earlier key of the account', async () => {
    const first = account(ONA, 'org-1');
    await store(first, 'key-1');
    const { secretStorage } = storage;
    const garbling = {
      ...secretStorage,
      store: (name: string, text: string) => secretStorage.store(name, text.replace('key-2', 'k')),
    };
    const keys = new ApiKeys(garbling, storage.memento);
    await keys.load();
    await assert.rejects(keys.store({ ...first, sequence: 2_000 }, 'key-2'), {
      name: 'KeyNotKeptError',
    });
    assert.equal(await (await open()).keyOf(first), 'key-1');
  });

  describe('whose storing is given up while the secret storage writes', () => {
    /** Gives up as soon as the key is written. */
    async function giveUp(added: Account): Promise<void> {
      const controller = new AbortController();
      const { secretStorage } = storage;
      const slow = {
        ...secretStorage,
        store: async (name: string, key: string) => {
          await secretStorage.store(name, key);
          controller.abort();
        },
      } as typeof secretStorage;
      const keys = new ApiKeys(slow, storage.memento);
      await assert.rejects(keys.store(added, 'key-2', controller.signal), { name: 'AbortError' });
    }

    it('are not there', async () => {
      await giveUp(account(ONA, 'org-1'));
      assert.deepEqual(await accounts(), []);
      assert.deepEqual([...storage.secrets], []);
    });

    it('are what they were before', async () => {
      const first = account(ONA, 'org-1');
      await store(first, 'key-1');
      await giveUp({ ...first, userName: 'Joe' });
      assert.deepEqual(await accounts(), [first]);
      assert.equal(await (await open()).keyOf(first), 'key-1');
    });
  });

  it('can be kept for a window alone, and are gone with it', async () => {
    const keys = await open();
    const [stored, unkept] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    await keys.store(stored, 'key-1');
    await keys.keepForWindow(unkept, 'key-2');
    await keys.load();
    assert.deepEqual(keys.accounts(), [unkept, stored]);
    assert.equal(await keys.keyOf(unkept), 'key-2');
    assert.deepEqual([keys.isUnkept(unkept), keys.isUnkept(stored)], [true, false]);
    assert.ok(!JSON.stringify([...storage.state, ...storage.secrets]).includes('key-2'));
    assert.deepEqual(await accounts(), [stored]);
    const fingerprint = accountFingerprint(accountId(unkept));
    assert.ok((await open()).signedOut().has(fingerprint), 'the next window deletes its rows');
    await keys.forget(unkept);
    assert.deepEqual(keys.accounts(), [stored]);
  });

  it('of an index that somebody else wrote are those that can be read', async () => {
    const good = account(ONA, 'org-1');
    const first = { origin: ACME, organizationId: 'org-1', organizationName: 'Acme' };
    for (const [index, expected] of [
      ['nonsense', []],
      [[null, 'x', {}, { origin: 'no address', organizationId: 'a', organizationName: 'a' }, good], [good]],
      // From version 0.1.0.
      [[first], [{ ...first, apiUrl: `${ACME}/api`, sequence: 0 }]],
      [[{ ...first, signedInAt: 7 }], [{ ...first, apiUrl: `${ACME}/api`, sequence: 7 }]],
      [[{ ...first, sequence: 1e300 }], [{ ...first, apiUrl: `${ACME}/api`, sequence: 0 }]],
      // A URL elsewhere would receive the key.
      [[{ ...good, apiUrl: 'https://evil.example/api' }], [good]],
      [[{ ...good, apiUrl: `${ONA}.evil.example/api` }], [good]],
    ]) {
      storage.state.set('onaScm.accounts', index);
      assert.deepEqual(await accounts(), expected);
    }
  });

  it('are those last seen while the secret storage fails, or cannot list its secrets', async () => {
    const first = account(ONA, 'org-1');
    await store(first, 'key-1');
    storage.failure = new Error('locked');
    const keys = await open();
    assert.deepEqual(keys.accounts(), [first]);
    await assert.rejects(keys.keyOf(first), /locked/);
    storage.failure = undefined;
    // As some browser-hosted editors answer.
    const keysError = () => Promise.reject(new Error('does not support keys() method'));
    const listless = { ...storage.secretStorage, keys: keysError };
    const other = new ApiKeys(listless, storage.memento);
    await other.load();
    assert.deepEqual(other.accounts(), [first]);
    assert.equal(await other.keyOf(first), 'key-1');
  });
});
