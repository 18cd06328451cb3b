import assert from 'node:assert/strict';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { ApiKeys } from '../../../src/account/apiKeys.ts';
import { SessionStore } from '../../../src/account/session.ts';
import { type Secrets, timedSecrets } from '../../../src/account/timedSecrets.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys, testSources } from './testSources.ts';

/** Calls of the memory storage that do not hang are answered before any timer. */
const LIMIT_MS = 1;

describe('a secret storage that does not answer', () => {
  let storage: MemoryStorage;
  let answered: number;
  beforeEach(() => {
    storage = new MemoryStorage();
    answered = 0;
  });

  const timed = () => timedSecrets(storage.secretStorage, () => answered++, LIMIT_MS);

  it('is given up, whatever was asked of it, and says when it answers', async () => {
    const secrets = timed();
    storage.hang();
    for (const call of [
      () => secrets.keys(),
      () => secrets.get('a'),
      () => secrets.store('a', 'b'),
      () => secrets.delete('c'),
    ]) {
      await assert.rejects(call(), { name: 'SecretStorageTimeoutError', message: 'no answer in 1 s' });
    }
    assert.equal(answered, 0);
    storage.answer();
    await secrets.keys();
    assert.equal(answered, 1, 'once for all of them');
    assert.equal(await secrets.get('a'), 'b', 'a change takes effect late');
  });

  it('is not asked again and again if it is always too slow', async () => {
    const secrets = timed();
    for (const expected of [1, 1]) {
      storage.hang();
      await assert.rejects(secrets.get('a'));
      storage.answer();
      await new Promise(setImmediate);
      assert.equal(answered, expected);
    }
    await secrets.get('a');
    storage.hang();
    await assert.rejects(secrets.get('a'));
    storage.answer();
    await secrets.get('a');
    assert.equal(answered, 2, 'again once it was fast enough in between');
  });

  it('does not keep a key late that could not be stored in time', async () => {
    const { secretStorage } = storage;
    const hanging: Secrets = {
      ...secretStorage,
      store: (name, value) => {
        storage.hang();
        return secretStorage.store(name, value);
      },
    };
    const keys = new ApiKeys(
      timedSecrets(hanging, () => undefined, LIMIT_MS),
      storage.memento,
    );
    await keys.load();
    await assert.rejects(keys.store(account(ONA, 'org-1'), 'key'), {
      name: 'KeyNotKeptError',
      message: 'no answer in 1 s',
    });
    storage.answer();
    await storage.secretStorage.keys();
    assert.deepEqual([...storage.secrets], []);
  });

  it('passes on what is thrown', async () => {
    storage.failure = new Error('locked');
    await assert.rejects(timed().get('a'), /locked/);
  });

  describe('keeps a window', () => {
    const one = account(ONA, 'org-1');
    let session: SessionStore;
    afterEach(() => session.dispose());

    /** A window that follows once the secret storage answers. */
    function open(variables = {}): SessionStore {
      const secrets = timedSecrets(storage.secretStorage, () => void session.follow(), LIMIT_MS);
      session = new SessionStore(testSources(storage, { secrets, variables }));
      return session;
    }

    it('from its account, but not from saying so, and not for longer than it has to', async () => {
      await (await openKeys(storage)).store(one, 'key');
      storage.hang();
      const { current } = open();
      assert.equal(current.kind, 'starting');
      await session.restart();
      assert.ok(session.current.kind === 'signedOut');
      assert.deepEqual([session.current.lost, session.current.keyProblem], [one, 'noAnswer']);
      storage.answer();
      await new Promise(setImmediate);
      await session.whenStarted();
      assert.deepEqual(session.account, one);
    });

    it('signed out, and says so, where it does not even know the accounts', async () => {
      storage.hang();
      await open().restart();
      assert.ok(session.current.kind === 'signedOut');
      assert.deepEqual([session.current.lost, session.current.keyProblem], [undefined, 'noAnswer']);
    });

    it('not from the environment’s key', async () => {
      storage.hang();
      await open({ ONA_API_KEY: 'env-key' }).restart();
      assert.equal(session.current.kind, 'signedIn');
    });

    it('signed in when that happens later, and lets it sign out', async () => {
      await (await openKeys(storage)).store(one, 'key');
      await open().restart();
      storage.hang();
      await session.follow();
      assert.deepEqual(session.account, one);
      await assert.rejects(session.signOut(), { name: 'SecretStorageTimeoutError' });
      assert.equal(session.current.kind, 'signedOut');
      storage.answer();
      await new Promise(setImmediate);
      await session.whenStarted();
      assert.equal(session.current.kind, 'signedOut');
      assert.ok(!JSON.stringify([...storage.secrets]).includes('"key"'), 'the key is deleted late');
      const keys = await openKeys(storage.otherProfile());
      assert.ok(
        keys.signedOut().has(accountFingerprint(accountId(one))),
        'which nobody takes for a lost key',
      );
    });
  });
});
