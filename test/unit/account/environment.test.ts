import assert from 'node:assert/strict';
import { Environment } from '../../../src/account/environment.ts';
import {
  acceptKey,
  confirmAddress,
  declineKey,
  rememberAccount,
} from '../../../src/account/environmentWriter.ts';
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

  const [here, there] = [{ ONA_API_KEY: 'a-secret-key' }, { GITPOD_API_KEY: 'b' }];
  const declined = () => [here, there, {}].map((variables) => open(variables).isKeyDeclined());

  it('is declined and accepted in every window, and no other machine’s key with it', async () => {
    assert.deepEqual(declined(), [false, false, false]);
    await declineKey(open(here));
    assert.deepEqual(declined(), [true, false, false]);
    await declineKey(open(there));
    await declineKey(open(there));
    assert.deepEqual(declined(), [true, true, false]);
    await acceptKey(open(there));
    assert.deepEqual(declined(), [true, false, false]);
    await acceptKey(open(there));
    assert.deepEqual(declined(), [true, false, false]);
    await acceptKey(open(here));
    assert.deepEqual(declined(), [false, false, false]);
    assert.equal(storage.state.get('onaScm.environmentKeyDeclined'), undefined);
  });

  it('is declined whichever variable it is in, whatever is around it, and wherever it would be sent', async () => {
    await declineKey(open({ ONA_API_KEY: 'a', ONA_BASE_URL: 'https://a.example' }));
    assert.equal(open({ GITPOD_API_KEY: ' "a"\n' }).isKeyDeclined(), true);
    assert.equal(open({ GITPOD_API_KEY: 'A' }).isKeyDeclined(), false);
  });

  it('is declined without a trace of it', async () => {
    await declineKey(open(here));
    assert.ok(!JSON.stringify([...storage.state]).includes('a-secret-key'));
  });

  it('is declined among a limited number of others', async () => {
    await declineKey(open(here));
    for (let i = 0; i < 99; i++) {
      await declineKey(open({ ONA_API_KEY: `c${i}` }));
    }
    assert.equal(open(here).isKeyDeclined(), true);
    await declineKey(open(there));
    assert.deepEqual(declined(), [false, true, false]);
    assert.equal((storage.state.get('onaScm.environmentKeyDeclined') as unknown[]).length, 100);
  });

  it('is declined if an earlier version has declined whatever key there was, until one is accepted', async () => {
    storage.state.set('onaScm.environmentKeyDeclined', true);
    assert.deepEqual(declined(), [true, true, true]);
    await declineKey(open(here));
    assert.deepEqual(declined(), [true, true, true]);
    await acceptKey(open(there));
    assert.deepEqual(declined(), [true, false, false]);
  });

  it('is not declined where the state holds something else', () => {
    for (const value of [false, null, 'x', 1, {}, [], [null], [{}]]) {
      storage.state.set('onaScm.environmentKeyDeclined', value);
      assert.deepEqual(declined(), [false, false, false], JSON.stringify(value));
    }
  });
});

describe("the account of the environment's API key", () => {
  const jane = account(ACME, 'org-1');
  const apiUrl = `${ACME}/api`;

  it('is known at the next start, for this key at this address only', async () => {
    await rememberAccount(open({ ONA_API_KEY: 'a' }), apiUrl, jane);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
    assert.deepEqual(open({ GITPOD_API_KEY: '"a"' }).account(apiUrl), jane);
    assert.equal(open({ ONA_API_KEY: 'b' }).account(apiUrl), undefined);
    assert.equal(open({ ONA_API_KEY: 'a' }).account(`${ONA}/api`), undefined);
    assert.equal(open().account(apiUrl), undefined);
  });

  it('is known on several machines, each with its own key', async () => {
    const joe = account(ONA, 'org-2');
    await rememberAccount(open({ ONA_API_KEY: 'a' }), apiUrl, jane);
    await rememberAccount(open({ ONA_API_KEY: 'b' }), `${ONA}/api`, joe);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
    assert.deepEqual(open({ ONA_API_KEY: 'b' }).account(`${ONA}/api`), joe);
    for (let i = 0; i < 20; i++) {
      await rememberAccount(open({ ONA_API_KEY: `c${i}` }), apiUrl, joe);
    }
    assert.equal(open({ ONA_API_KEY: 'a' }).account(apiUrl), undefined, 'not for ever');
  });

  it('is known from an earlier version', async () => {
    await rememberAccount(open({ ONA_API_KEY: 'a' }), apiUrl, jane);
    const [entry] = storage.state.get('onaScm.environmentAccount') as unknown[];
    storage.state.set('onaScm.environmentAccount', entry);
    assert.deepEqual(open({ ONA_API_KEY: 'a' }).account(apiUrl), jane);
  });

  it('is forgotten when the key is declined', async () => {
    await rememberAccount(open({ ONA_API_KEY: 'a' }), apiUrl, jane);
    const joe = account(ONA, 'org-2');
    await rememberAccount(open({ ONA_API_KEY: 'b' }), `${ONA}/api`, joe);
    assert.deepEqual(await declineKey(open({ ONA_API_KEY: 'a' })), [jane]);
    assert.equal(open({ ONA_API_KEY: 'a' }).account(apiUrl), undefined);
    assert.ok(!JSON.stringify([...storage.state]).includes('org-1'));
    assert.deepEqual(open({ ONA_API_KEY: 'b' }).account(`${ONA}/api`), joe, 'another key’s is not');
  });

  it('is remembered without the key', async () => {
    await rememberAccount(open({ ONA_API_KEY: 'a-secret-key' }), apiUrl, jane);
    assert.ok(!JSON.stringify([...storage.state]).includes('a-secret-key'));
  });

  it('is not remembered if another window has signed out while it was being found out', async () => {
    const here = open({ ONA_API_KEY: 'a' });
    await declineKey(open({ ONA_API_KEY: 'a' }));
    await rememberAccount(here, apiUrl, account(ONA, 'org-1'));
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

  const address = (apiUrl: string, variable: string | undefined = 'ONA_BASE_URL') =>
    ({ kind: 'address', apiUrl, variable, isDefault: false }) as const;

  it('is confirmed one by one, in every window', async () => {
    const isConfirmed = (apiUrl: string) => !open().needsConfirmation(address(apiUrl));
    assert.equal(isConfirmed(`${ACME}/api`), false);
    await confirmAddress(open(), `${ACME}/api`);
    await confirmAddress(open(), `${ACME}/api`);
    await confirmAddress(open(), 'https://b.example/api');
    assert.equal(isConfirmed(`${ACME}/api`), true);
    assert.equal(isConfirmed('https://b.example/api'), true);
    for (const other of [ACME, `${ACME}:444/api`, `${ACME}/api/api`, 'https://evil.example/api']) {
      assert.equal(isConfirmed(other), false, other);
    }
  });

  it('needs no confirmation if it is Ona’s own or this machine, by the names that have no proxy', () => {
    const asks = (apiUrl: string) => open().needsConfirmation(address(apiUrl));
    for (const apiUrl of [`${ONA}/api`, 'http://localhost:8080/api', 'https://[::1]/api']) {
      assert.equal(asks(apiUrl), false, apiUrl);
    }
    for (const apiUrl of ['https://127.0.0.2/api', 'https://app.gitpod.io.evil.example/api']) {
      assert.equal(asks(apiUrl), true, apiUrl);
    }
  });

  it('is not asked about if it comes from the settings', () => {
    assert.equal(open().needsConfirmation({ ...address(`${ACME}/api`), variable: undefined }), false);
  });
});
