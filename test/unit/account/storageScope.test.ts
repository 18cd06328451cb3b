import assert from 'node:assert/strict';
import { storageScope } from '../../../src/account/storageScope.ts';
import { MemoryStorage } from './memoryStorage.ts';

describe('the scope of stored files', () => {
  let storage: MemoryStorage;
  const scopeOf = ({ secretStorage, memento }: MemoryStorage) => storageScope(secretStorage, memento);
  beforeEach(() => (storage = new MemoryStorage()));

  it('is the same for every window and profile that sees the same secrets', async () => {
    const scope = await scopeOf(storage);
    assert.match(scope, /^[\da-f]{16}$/);
    assert.equal(await scopeOf(storage), scope);
    assert.equal(await scopeOf(storage.otherProfile()), scope);
    assert.equal(await scopeOf(storage.otherTab()), scope);
  });

  it('differs for another user of the same server', async () => {
    assert.notEqual(await scopeOf(storage), await scopeOf(new MemoryStorage()));
  });

  it('is agreed on if two windows start at the same time', async () => {
    const other = storage.otherProfile();
    await Promise.all([scopeOf(storage), scopeOf(other)]);
    assert.equal(await scopeOf(storage), await scopeOf(other));
  });

  it('survives the loss of the secrets', async () => {
    const scope = await scopeOf(storage);
    storage.secrets.clear();
    assert.equal(await scopeOf(storage), scope);
    assert.equal(await scopeOf(storage.otherProfile()), scope);
  });

  it('is that of the profile while the secret storage fails or keeps nothing', async () => {
    storage.failure = new Error('locked');
    const scope = await scopeOf(storage);
    assert.equal(await scopeOf(storage), scope);
    [storage.failure, storage.isForgetful] = [undefined, true];
    assert.equal(await scopeOf(storage), scope);
    storage.isForgetful = false;
    assert.equal(await scopeOf(storage), scope);
  });

  it('is valid, whatever is stored in its place', async () => {
    storage.secrets.set('onaScm.storageScope', '../x');
    storage.state.set('onaScm.storageScope', 1);
    assert.match(await scopeOf(storage), /^[\da-f]{16}$/);
  });
});
