import assert from 'node:assert/strict';
import { Environment } from '../../../src/account/environment.ts';
import { ACME } from './accounts.ts';
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
    // What an env file's ONA_API_KEY="" becomes in a container.
    [{ ONA_API_KEY: '""' }, undefined],
    [{ ONA_API_KEY: '""', GITPOD_API_KEY: 'b' }, 'GITPOD_API_KEY', 'b'],
    [{ ONA_TOKEN: 'x', ona_api_key: 'y' }, undefined],
  ];
  for (const [environment, variable, apiKey] of cases) {
    it(`of ${JSON.stringify(environment)} is that of ${variable ?? 'nothing'}`, () => {
      const expected = variable === undefined ? undefined : { variable, apiKey };
      assert.deepEqual(open(environment).key(), expected);
    });
  }

  it('is declined and accepted in every window', async () => {
    assert.equal(open().isKeyDeclined(), false);
    await open().declineKey();
    assert.equal(open().isKeyDeclined(), true);
    await open().acceptKey();
    assert.equal(open().isKeyDeclined(), false);
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
