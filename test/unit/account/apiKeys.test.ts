import assert from 'node:assert/strict';
import type { Account } from '../../../src/account/account.ts';
import { ApiKeys, KeyNotKeptError } from '../../../src/account/apiKeys.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';

describe('stored API keys', () => {
  let storage: MemoryStorage;
  /** The keys as another window sees them. */
  const open = () => new ApiKeys(storage.secretStorage, storage.memento);
  beforeEach(() => (storage = new MemoryStorage()));

  it('are found again by their account, in any window', async () => {
    const [first, second] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    assert.deepEqual(open().accounts(), []);
    await open().store(first, 'key-1');
    await open().store(second, 'key-2');
    assert.deepEqual(open().accounts(), [second, first]);
    assert.equal(await open().keyOf(first), 'key-1');
    assert.equal(await open().keyOf(second), 'key-2');
  });

  it('stand nowhere but among the secrets', async () => {
    await open().store(account(ONA, 'org-1'), 'key-of-mine');
    await open().store(account(ONA, 'org-1'), 'newer-key-of-mine');
    assert.deepEqual([...storage.secrets.values()], ['newer-key-of-mine']);
    assert.ok(!JSON.stringify([...storage.state]).includes('key-of-mine'));
    assert.ok(!JSON.stringify([...storage.secrets.keys()]).includes('key-of-mine'));
  });

  it('are replaced by the next one of the same organization, whose account goes first then', async () => {
    await open().store(account(ONA, 'org-1'), 'key-1');
    await open().store(account(ONA, 'org-2'), 'key-2');
    const again = account(ONA, 'org-1', { userName: 'Joe' });
    await open().store(again, 'key-3');
    assert.deepEqual(
      open()
        .accounts()
        .map(({ organizationId, userName }) => [organizationId, userName]),
      [
        ['org-1', 'Joe'],
        ['org-2', 'Jane'],
      ],
    );
    assert.equal(await open().keyOf(again), 'key-3');
  });

  it('of several origins do not mix', async () => {
    const [ona, acme] = [account(ONA, 'org-1'), account(ACME, 'org-1')];
    await open().store(ona, 'ona-key');
    await open().store(acme, 'acme-key');
    assert.equal(await open().keyOf(ona), 'ona-key');
    assert.equal(await open().keyOf(acme), 'acme-key');
    for (const other of ['http://app.gitpod.io', `${ONA}:444`, `${ONA}.evil.example`]) {
      assert.equal(await open().keyOf(account(other, 'org-1')), undefined, other);
    }
  });

  it('are forgotten one by one', async () => {
    const [first, second] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    await open().store(first, 'key-1');
    await open().store(second, 'key-2');
    await open().forget(first);
    assert.deepEqual(open().accounts(), [second]);
    assert.deepEqual([...storage.secrets.values()], ['key-2']);
  });

  it('are nobody’s once forgotten, even where the secret storage does not let them go', async () => {
    const first = account(ONA, 'org-1');
    await open().store(first, 'key-1');
    storage.failure = new Error('locked');
    await assert.rejects(open().forget(first), /locked/);
    assert.deepEqual(open().accounts(), []);
  });

  it('that are not kept are told so, without the key, and change nothing', async () => {
    const first = account(ONA, 'org-1');
    await open().store(first, 'key-number-1');
    for (const fail of [
      () => (storage.failure = new Error('cannot seal key-number-2: locked')),
      () => ([storage.failure, storage.isForgetful] = [undefined, true]),
    ]) {
      fail();
      await assert.rejects(open().store(account(ONA, 'org-2'), 'key-number-2'), (error) => {
        assert.ok(error instanceof KeyNotKeptError);
        assert.ok(!error.message.includes('key-number-2'));
        return true;
      });
      assert.deepEqual(open().accounts(), [first]);
    }
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
      assert.deepEqual(open().accounts(), []);
      assert.deepEqual([...storage.secrets], []);
    });

    it('are what they were before', async () => {
      const first = account(ONA, 'org-1');
      await open().store(first, 'key-1');
      await giveUp({ ...first, userName: 'Joe' });
      assert.deepEqual(open().accounts(), [first]);
      assert.equal(await open().keyOf(first), 'key-1');
    });
  });

  it('can be kept for a window alone, and are gone with it', async () => {
    const keys = open();
    const [stored, unkept] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
    await keys.store(stored, 'key-1');
    keys.keepForWindow(unkept, 'key-2');
    assert.deepEqual(keys.accounts(), [unkept, stored]);
    assert.equal(await keys.keyOf(unkept), 'key-2');
    assert.deepEqual([keys.isUnkept(unkept), keys.isUnkept(stored)], [true, false]);
    assert.ok(!JSON.stringify([...storage.state, ...storage.secrets]).includes('key-2'));
    assert.deepEqual(open().accounts(), [stored]);
    await keys.forget(unkept);
    assert.deepEqual(keys.accounts(), [stored]);
  });

  it('of an index that somebody else wrote are those that can be read', () => {
    const good = account(ONA, 'org-1');
    for (const [index, expected] of [
      ['nonsense', []],
      [[null, 'x', {}, { origin: 'no address', organizationId: 'a', organizationName: 'a' }, good], [good]],
      // From version 0.1.0.
      [
        [{ origin: ACME, organizationId: 'org-1', organizationName: 'Acme' }],
        [
          {
            origin: ACME,
            apiUrl: `${ACME}/api`,
            organizationId: 'org-1',
            organizationName: 'Acme',
            signedInAt: 0,
          },
        ],
      ],
      // A URL elsewhere would receive the key.
      [[{ ...good, apiUrl: 'https://evil.example/api' }], [good]],
      [[{ ...good, apiUrl: `${ONA}.evil.example/api` }], [good]],
    ]) {
      storage.state.set('onaScm.accounts', index);
      assert.deepEqual(open().accounts(), expected);
    }
  });
});
