import assert from 'node:assert/strict';
import type { Memento, SecretStorage } from 'vscode';
import { type Account, ApiKeys, isSendableApiKey, normalizeApiKey } from '../../../src/account/apiKeys.ts';

const ONA = 'https://app.gitpod.io';
const ACME = 'https://ona.acme.example';

function account(origin: string, organizationId: string): Account {
  return { origin, organizationId, organizationName: `Name of ${organizationId}`, userName: 'Jane' };
}

/** What VS Code keeps between sessions, in memory. */
function storage() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const secretStorage: Pick<SecretStorage, 'get' | 'store' | 'delete'> = {
    get: (key) => Promise.resolve(secrets.get(key)),
    store: (key, value) => {
      secrets.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      secrets.delete(key);
      return Promise.resolve();
    },
  };
  const memento: Pick<Memento, 'get' | 'update'> = {
    get: (key: string) => state.get(key) as never,
    update: (key, value) => {
      const json = JSON.stringify(value) as string | undefined;
      if (json === undefined) {
        state.delete(key);
      } else {
        state.set(key, JSON.parse(json));
      }
      return Promise.resolve();
    },
  };
  return {
    secrets,
    state,
    /** The keys as a new window sees them. */
    open: (environment: Record<string, string> = {}) =>
      new ApiKeys(secretStorage as SecretStorage, memento as Memento, environment),
  };
}

describe('stored API keys', () => {
  it('are found again by their origin', async () => {
    const { open } = storage();
    assert.equal(await open().find(ONA), undefined);
    await open().store(account(ONA, 'org-1'), 'key-1');
    assert.deepEqual(await open().find(ONA), { account: account(ONA, 'org-1'), apiKey: 'key-1' });
  });

  it('stand nowhere but among the secrets', async () => {
    const { open, secrets, state } = storage();
    await open().store(account(ONA, 'org-1'), 'key-of-mine');
    await open().store(account(ONA, 'org-1'), 'newer-key-of-mine');
    assert.ok([...secrets.values()].includes('newer-key-of-mine'));
    assert.ok(!JSON.stringify([...state]).includes('key-of-mine'));
    assert.ok(!JSON.stringify([...secrets.keys()]).includes('key-of-mine'));
  });

  it('of several origins do not mix', async () => {
    const { open } = storage();
    await open().store(account(ONA, 'org-1'), 'ona-key');
    await open().store(account(ACME, 'org-1'), 'acme-key');
    assert.equal((await open().find(ONA))?.apiKey, 'ona-key');
    assert.equal((await open().find(ACME))?.apiKey, 'acme-key');
    for (const other of ['http://app.gitpod.io', `${ONA}:444`, `${ONA}.evil.example`, 'app.gitpod.io', '']) {
      assert.equal(await open().find(other), undefined, other);
    }
  });

  it('of one origin come back by the last sign-in', async () => {
    const { open } = storage();
    await open().store(account(ONA, 'org-1'), 'key-1');
    await open().store(account(ONA, 'org-2'), 'key-2');
    assert.equal((await open().find(ONA))?.account.organizationId, 'org-2');
    await open().store(account(ONA, 'org-1'), 'key-3');
    assert.deepEqual(await open().find(ONA), { account: account(ONA, 'org-1'), apiKey: 'key-3' });
  });

  it('that the system has lost are skipped', async () => {
    const { open, secrets } = storage();
    await open().store(account(ONA, 'org-1'), 'key-1');
    const [lasting] = secrets;
    await open().store(account(ONA, 'org-2'), 'key-2');
    secrets.clear();
    assert.equal(await open().find(ONA), undefined);
    secrets.set(...(lasting ?? ['', '']));
    assert.equal((await open().find(ONA))?.apiKey, 'key-1');
  });

  it('are forgotten with their origin, and only with it', async () => {
    const { open, secrets } = storage();
    await open().store(account(ONA, 'org-1'), 'key-1');
    await open().store(account(ONA, 'org-2'), 'key-2');
    await open().store(account(ACME, 'org-1'), 'acme-key');
    await open().forget(ONA);
    assert.equal(await open().find(ONA), undefined);
    assert.equal((await open().find(ACME))?.apiKey, 'acme-key');
    assert.deepEqual([...secrets.values()], ['acme-key']);
  });
});

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
    // What an env file's ONA_API_KEY="" becomes in a container.
    [{ ONA_API_KEY: '""' }, undefined],
    [{ ONA_API_KEY: '""', GITPOD_API_KEY: 'b' }, 'GITPOD_API_KEY', 'b'],
    [{ ONA_TOKEN: 'x', ona_api_key: 'y' }, undefined],
  ];
  for (const [environment, variable, apiKey] of cases) {
    it(`of ${JSON.stringify(environment)} is that of ${variable ?? 'nothing'}`, () => {
      const expected = variable === undefined ? undefined : { variable, apiKey };
      assert.deepEqual(storage().open(environment).environmentKey(), expected);
    });
  }

  it('is declined by forgetting, accepted again, in every window', async () => {
    const { open } = storage();
    assert.equal(open().isEnvironmentKeyDeclined(), false);
    await open().forget(ONA);
    assert.equal(open().isEnvironmentKeyDeclined(), true);
    await open().acceptEnvironmentKey();
    assert.equal(open().isEnvironmentKeyDeclined(), false);
  });

  it('is no longer declined once somebody signs in', async () => {
    const { open } = storage();
    await open().forget(ONA);
    await open().store(account(ONA, 'org-1'), 'key-1');
    assert.equal(open().isEnvironmentKeyDeclined(), false);
  });
});

describe("the environment's API address", () => {
  const cases: [environment: Record<string, string>, variable: string | undefined, value?: string][] = [
    [{}, undefined],
    [{ ONA_BASE_URL: '', GITPOD_BASE_URL: ' ' }, undefined],
    [{ ONA_BASE_URL: ' a.example ' }, 'ONA_BASE_URL', 'a.example'],
    [{ GITPOD_BASE_URL: 'b.example', ONA_BASE_URL: 'a.example' }, 'ONA_BASE_URL', 'a.example'],
    [{ GITPOD_BASE_URL: 'b.example', ONA_BASE_URL: '' }, 'GITPOD_BASE_URL', 'b.example'],
  ];
  for (const [environment, variable, value] of cases) {
    it(`of ${JSON.stringify(environment)} is that of ${variable ?? 'nothing'}`, () => {
      const expected = variable === undefined ? undefined : { variable, value };
      assert.deepEqual(storage().open(environment).environmentAddress(), expected);
    });
  }

  it('is confirmed one by one, in every window', async () => {
    const { open } = storage();
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

describe('a pasted API key', () => {
  const cases: [input: string, apiKey: string][] = [
    ['abc', 'abc'],
    ['  abc\n', 'abc'],
    ['"abc"', 'abc'],
    ["'abc'", 'abc'],
    ['`abc`', 'abc'],
    [' " abc " ', 'abc'],
    ['Bearer abc', 'abc'],
    ['bearer   abc', 'abc'],
    ['BEARER\tabc', 'abc'],
    ['"Bearer abc"', 'abc'],
    [" 'Bearer  abc' \r\n", 'abc'],
    ['Bearer "abc"', 'abc'],
    ["Bearer 'abc' ", 'abc'],
    ['abc"def', 'abc"def'],
    ['Bearerabc', 'Bearerabc'],
    ['', ''],
    ['  ', ''],
    ['""', ''],
    ['Bearer ', ''],
    ['"Bearer "', ''],
  ];
  for (const [input, apiKey] of cases) {
    it(`${JSON.stringify(input)} is ${JSON.stringify(apiKey)}`, () => {
      assert.equal(normalizeApiKey(input), apiKey);
    });
  }

  it('can be sent where it is visible ASCII without spaces', () => {
    for (const good of ['abc', 'gitpod_pat_x.y-z~/+==', '!#$%&']) {
      assert.ok(isSendableApiKey(good), good);
    }
    for (const bad of ['', 'a b', 'a\nb', 'a\tb', 'schlüssel', '•••', 'a\u200bb', 'a\u0000', 'a\n']) {
      assert.ok(!isSendableApiKey(bad), JSON.stringify(bad));
    }
  });
});
