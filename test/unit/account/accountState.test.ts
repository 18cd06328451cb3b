import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId } from '../../../src/account/account.ts';
import { AccountState } from '../../../src/account/accountState.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';

describe('a value of a workspace', () => {
  const [one, two] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
  const setOf = (...accounts: Account[]) => new Set(accounts.map((a) => accountFingerprint(accountId(a))));
  let storage: MemoryStorage;
  let current: Account | undefined;
  const open = () => new AccountState({ state: storage.memento, key: 'x', account: () => current });
  beforeEach(() => {
    storage = new MemoryStorage();
    current = one;
  });

  it('belongs to the account that it was stored for, whoever is signed in later', async () => {
    await open().set('gitlab');
    current = two;
    assert.equal(open().value, 'gitlab');
    assert.equal(open().isOf(setOf(one), false), true);
    assert.equal(open().isOf(setOf(two), true), false);
    await open().set('github');
    assert.equal(open().isOf(setOf(one), true), false);
  });

  it('belongs to whoever was signed in here if its account is not known', async () => {
    for (const first of ['gitlab', ['a', 'b']]) {
      storage.state.set('x', first);
      assert.deepEqual(open().value, first);
      assert.equal(open().isOf(setOf(one), false), false);
      assert.equal(open().isOf(setOf(), true), true);
    }
    current = undefined;
    await open().set('gitlab');
    assert.equal(open().value, 'gitlab');
    assert.equal(open().isOf(setOf(one), false), false);
    assert.equal(open().isOf(setOf(), true), true);
  });

  it('belongs to nobody once deleted', async () => {
    await open().set('gitlab');
    await open().set(undefined);
    assert.equal(open().value, undefined);
    assert.equal(open().isOf(setOf(one), true), false);
    assert.equal(storage.state.size, 0);
  });
});
