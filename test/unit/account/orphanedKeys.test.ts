import assert from 'node:assert/strict';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys } from './testSources.ts';

const [one, two, old] = [account(ONA, 'org-1'), account(ONA, 'org-2'), account(`${ACME}:8443`, 'old')];

describe('stored API keys that no account is known for', () => {
  let storage: MemoryStorage;
  beforeEach(async () => {
    storage = new MemoryStorage();
    await (await openKeys(storage)).store(one, 'key-1');
    await (await openKeys(storage)).store(two, 'key-2');
  });

  const firstName = `onaScm.apiKey:${accountId(old)}`;

  it('bring back their account if another window has overwritten what was known', async () => {
    storage.state.clear();
    assert.deepEqual((await openKeys(storage)).accounts(), [two, one]);
  });

  it('bring back an account of the first versions, by its ID, which signs out as any other', async () => {
    storage.secrets.set(firstName, 'old-key');
    const found = { ...old, organizationName: 'old', sequence: 0, userName: undefined };
    for (const profile of [storage, storage.otherProfile(), storage]) {
      const keys = await openKeys(profile);
      const last = keys.accounts().at(-1);
      assert.deepEqual({ userName: undefined, ...last }, found);
      assert.equal(await keys.keyOf(old), 'old-key');
    }
    await (await openKeys(storage)).forget(old);
    assert.ok(!JSON.stringify([...storage.secrets]).includes('old-key'));
    assert.deepEqual((await openKeys(storage.otherProfile())).accounts(), [two, one]);
  });

  it('are deleted when somebody signs out if nobody can use them', async () => {
    const of = (id: string) => `onaScm.account:${accountFingerprint(id)}`;
    const orphans = new Map([
      [of('a'), 'no JSON'],
      [of('b'), JSON.stringify({ ...one, apiKey: 'key' })],
      [of('c'), JSON.stringify({ apiKey: 'key' })],
      ['onaScm.apiKey:nonsense', 'key'],
      ['onaScm.apiKey:https://a b:org', 'key'],
    ]);
    const others = new Map([
      [firstName, 'old-key'],
      ['onaScm.storageScope', '0123456789abcdef'],
      ['another.secret', 'x'],
    ]);
    for (const [name, value] of [...orphans, ...others]) {
      storage.secrets.set(name, value);
    }
    const keys = await openKeys(storage);
    await keys.forget(one);
    const names = [...storage.secrets.keys()];
    assert.deepEqual(
      names.filter((name) => orphans.has(name)),
      [],
    );
    assert.deepEqual(
      names.filter((name) => others.has(name)),
      [...others.keys()],
      'others stay, and so does what another profile may carry over',
    );
    assert.equal(await keys.keyOf(two), 'key-2');
  });

  it('are deleted when somebody signs out if their account was signed out before', async () => {
    const keys = await openKeys(storage);
    await keys.forget(one);
    storage.secrets.set(`onaScm.apiKey:${accountId(one)}`, 'key');
    await keys.forget(two);
    assert.ok(!storage.secrets.has(`onaScm.apiKey:${accountId(one)}`));
  });

  it('are not those that the secret storage lists but does not return', async () => {
    const keys = await openKeys(storage);
    const get = storage.secretStorage.get.bind(storage.secretStorage);
    storage.secretStorage.get = () => Promise.resolve(undefined);
    await keys.forget(one);
    storage.secretStorage.get = get;
    assert.equal(await keys.keyOf(two), 'key-2');
  });

  it('do not keep anybody from signing out while the secret storage cannot list them', async () => {
    const keys = await openKeys(storage);
    storage.secretStorage.keys = () => Promise.reject(new Error('locked'));
    await keys.forget(one);
    assert.ok(!JSON.stringify([...storage.secrets]).includes('key-1'));
  });
});
