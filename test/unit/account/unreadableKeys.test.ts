import assert from 'node:assert/strict';
import { type Account, accountId, isSameAccount } from '../../../src/account/account.ts';
import { SessionReader, type SessionWithKey } from '../../../src/account/sessionReader.ts';
import type { WindowChoice } from '../../../src/account/windowChoice.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys, testSources } from './testSources.ts';

const [one, two] = [account(ONA, 'org-1'), account(ONA, 'org-2')];
const variables = { ONA_API_KEY: 'env-key' };

describe('a window that cannot read a key', () => {
  let storage: MemoryStorage;
  beforeEach(async () => {
    storage = new MemoryStorage();
    const apiKeys = await openKeys(storage);
    await apiKeys.store(one, 'key-1');
    await apiKeys.store(two, 'key-2');
  });

  const choose = (chosen: Account): WindowChoice => ({
    kind: 'account',
    id: accountId(chosen),
    under: `${ONA}/api`,
  });

  async function open(from: MemoryStorage, choice?: WindowChoice, environment = {}) {
    const sources = testSources(from, { variables: environment });
    await (choice && sources.choices.set(choice));
    return { ...sources, reader: new SessionReader(sources) };
  }

  function signedOut({ session }: SessionWithKey) {
    assert.ok(session.kind === 'signedOut', session.kind);
    const { lost, keyProblem, isElsewhere } = session;
    return { lost: lost?.organizationId, keyProblem, isElsewhere };
  }

  it('is not signed in to another organization instead', async () => {
    for (const environment of [{}, variables]) {
      const { apiKeys, reader } = await open(storage, undefined, environment);
      const keyOf = apiKeys.keyOf.bind(apiKeys);
      apiKeys.keyOf = (of) => (isSameAccount(of, two) ? Promise.reject(new Error('locked')) : keyOf(of));
      assert.deepEqual(signedOut(await reader.read()), {
        lost: 'org-2',
        keyProblem: 'unreadable',
        isElsewhere: false,
      });
    }
  });

  it('says so if it has never seen the account either', async () => {
    const profile = storage.otherProfile();
    profile.failGet = new Error('locked');
    const { reader } = await open(profile);
    assert.equal(signedOut(await reader.read()).keyProblem, 'unreadable');
    profile.failGet = undefined;
    assert.equal((await reader.read()).apiKey, 'key-2');
  });

  it('keeps its choice', async () => {
    const profile = storage.otherProfile();
    profile.failGet = new Error('locked');
    const { reader } = await open(profile, choose(one), variables);
    assert.deepEqual(signedOut(await reader.read()), {
      lost: undefined,
      keyProblem: 'unreadable',
      isElsewhere: false,
    });
    profile.failGet = undefined;
    assert.equal((await reader.read()).apiKey, 'key-1');
  });

  it('is signed out if the account that it has chosen is gone, until somebody signs in', async () => {
    const { reader, choices, apiKeys } = await open(storage, choose(account(ONA, 'gone')), variables);
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(signedOut(await reader.read()), {
        lost: undefined,
        keyProblem: undefined,
        isElsewhere: true,
      });
    }
    assert.equal(choices.current()?.kind, 'signedOut', 'even when the window is opened again');
    await apiKeys.store({ ...one, sequence: apiKeys.nextSequence() }, 'new key');
    assert.equal((await reader.read()).apiKey, 'new key');
  });
});
