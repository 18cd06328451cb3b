import assert from 'node:assert/strict';
import { Environment } from '../../../src/account/environment.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';

let storage: MemoryStorage;
/** As another window sees it. */
const open = (variables: Record<string, string> = {}) => new Environment(variables, storage.memento);
beforeEach(() => (storage = new MemoryStorage()));

describe("the environment's API key", () => {
  const cases: [environment: Record<string, string>, variable: string | undefined, apiKey?: string][] = [
    [{}, undefined],
    [{ ONA_API_KEY: 'a' }, 'ONA_API_KEY', 'a'],
    [{ GITPOD_API_KEY: 'b' }, 'GITPOD_API_KEY', 'b'],
    [{ GITPOD_API_KEY: 'b', ONA_API_KEY: 'a' }, 'ONA_API_KEY', 'a'],
    [{ GITPOD_API_KEY: 'b', ONA_API_KEY: '' }, 'GITPOD_API_KEY', 'b'],
    [{ GITPOD_API_KEY: 'b', ONA_API_KEY: ' \n' }, 'GITPOD_API_KEY', 'b'],
    [{ GITPOD_API_KEY: '', ONA_API_KEY: '' }, undefined],
    [{ ONA_API_KEY: ' "Bearer a"\n' }, 'ONA_API_KEY', 'a'],
    // How an env file's ONA_API_KEY="" arrives in a container.
    [{ ONA_API_KEY: '""' }, undefined],
    [{ ONA_API_KEY: '""', GITPOD_API_KEY: 'b' }, 'GITPOD_API_KEY', 'b'],
    [{ ONA_API_KEY: '\u200b', GITPOD_API_KEY: 'b' }, 'GITPOD_API_KEY', 'b'],
    [{ ONA_API_KEY: '\ufeffa\u200b' }, 'ONA_API_KEY', 'a'],
    [{ ONA_TOKEN: 'x', ona_api_key: 'y' }, undefined],
  ];
  for (const [environment, variable, apiKey] of cases) {
    it(`of ${JSON.stringify(environment)} is that of ${variable ?? 'nothing'}`, () => {
      const expected = variable === undefined ? undefined : { variable, apiKey };
      assert.deepEqual(open(environment).key(), expected);
    });
  }

  it('cannot be used if it cannot be sent, and the other variable’s does not replace it', () => {
    const character = { position: 2, code: 'U+200B' };
    const variables = { ONA_API_KEY: 'a\u200bb', GITPOD_API_KEY: 'b' };
    assert.deepEqual(open(variables).unusableKey(), { variable: 'ONA_API_KEY', character });
    assert.equal(open({ ONA_API_KEY: '\u200bab' }).unusableKey(), undefined);
    assert.equal(open().unusableKey(), undefined);
  });

  it('is declined and accepted in every window', async () => {
    assert.equal(open().isKeyDeclined(), false);
    await open().declineKey();
    assert.equal(open().isKeyDeclined(), true);
    await open().acceptKey();
    assert.equal(open().isKeyDeclined(), false);
  });
});

describe("the account of the environment's API key", () => {
  const jane = account(ACME, 'org-1');
  const apiUrl = `${ACME}/api`;

  it('is known at the next start, for this key at this address only', async () => {
    await open({ ONA_API_KEY: 'a' }).rememberAccount(apiUrl, jane);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
    assert.deepEqual(open({ GITPOD_API_KEY: '"a"' }).account(apiUrl), jane);
    assert.equal(open({ ONA_API_KEY: 'b' }).account(apiUrl), undefined);
    assert.equal(open({ ONA_API_KEY: 'a' }).account(`${ONA}/api`), undefined);
    assert.equal(open().account(apiUrl), undefined);
  });

  it('is known on several machines, each with its own key', async () => {
    const joe = account(ONA, 'org-2');
    await open({ ONA_API_KEY: 'a' }).rememberAccount(apiUrl, jane);
    await open({ ONA_API_KEY: 'b' }).rememberAccount(`${ONA}/api`, joe);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
    assert.deepEqual(open({ ONA_API_KEY: 'b' }).account(`${ONA}/api`), joe);
    for (let i = 0; i < 20; i++) {
      await open({ ONA_API_KEY: `c${i}` }).rememberAccount(apiUrl, joe);
    }
    assert.equal(open({ ONA_API_KEY: 'a' }).account(apiUrl), undefined, 'not for ever');
  });

  it('is known from an earlier version', async () => {
    await open({ ONA_API_KEY: 'a' }).rememberAccount(apiUrl, jane);
    const [entry] = storage.state.get('onaScm.environmentAccount') as unknown[];
    storage.state.set('onaScm.environmentAccount', entry);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
  });

  it('is forgotten when the key is declined', async () => {
    await open({ ONA_API_KEY: 'a' }).rememberAccount(apiUrl, jane);
    assert.deepEqual(await open().declineKey(), [jane]);
    assert.equal(open({ ONA_API_KEY: 'a' }).account(apiUrl), undefined);
    assert.ok(!JSON.stringify([...storage.state]).includes('org-1'));
  });

  it('is remembered without the key', async () => {
    await open({ ONA_API_KEY: 'a-secret-key' }).rememberAccount(apiUrl, jane);
    assert.ok(!JSON.stringify([...storage.state]).includes('a-secret-key'));
  });

  it('is not remembered if another window has signed out while it was being found out', async () => {
    const here = open({ ONA_API_KEY: 'a' });
    await open({ ONA_API_KEY: 'a' }).declineKey();
    await here.rememberAccount(apiUrl, account(ONA, 'org-1'));
    assert.deepEqual(open().accounts(), []);
  });

  it('is nobody where the state holds something else', () => {
    for (const value of ['x', null, 1, [], { fingerprint: undefined }, { account: 'x' }]) {
      storage.state.set('onaScm.environmentAccount', value);
      assert.equal(open({ ONA_API_KEY: 'a' }).account(apiUrl), undefined);
    }
  });
});

describe("the environment's API address", () => {
  const cases: [environment: Record<string, string>, variable: string | undefined, value?: string][] = [
    [{}, undefined],
    [{ ONA_BASE_URL: '', GITPOD_BASE_URL: ' ' }, undefined],
    [{ ONA_BASE_URL: ' a.example ' }, 'ONA_BASE_URL', 'a.example'],
    [{ ONA_BASE_URL: '\ufeffa.example\u200b' }, 'ONA_BASE_URL', 'a.example'],
    [{ ONA_BASE_URL: '\u200b', GITPOD_BASE_URL: 'b.example' }, 'GITPOD_BASE_URL', 'b.example'],
    [{ GITPOD_BASE_URL: 'b.example', ONA_BASE_URL: 'a.example' }, 'ONA_BASE_URL', 'a.example'],
    [{ GITPOD_BASE_URL: 'b.example', ONA_BASE_URL: '' }, 'GITPOD_BASE_URL', 'b.example'],
  ];
  for (const [environment, variable, value] of cases) {
    it(`of ${JSON.stringify(environment)} is that of ${variable ?? 'nothing'}`, () => {
      const expected = variable === undefined ? undefined : { variable, value };
      assert.deepEqual(open(environment).address(), expected);
    });
  }

  it('is confirmed one by one, in every window', async () => {
    assert.equal(open().isConfirmed(`${ACME}/api`), false);
    await open().confirm(`${ACME}/api`);
    await open().confirm(`${ACME}/api`);
    await open().confirm('https://b.example/api');
    assert.equal(open().isConfirmed(`${ACME}/api`), true);
    assert.equal(open().isConfirmed('https://b.example/api'), true);
    for (const other of [ACME, `${ACME}:444/api`, `${ACME}/api/api`, 'https://evil.example/api']) {
      assert.equal(open().isConfirmed(other), false, other);
    }
  });
});
