import assert from 'node:assert/strict';
import type { OnaApiError } from '../../../src/api/transport/errors.ts';
import { accountId } from '../../../src/account/account.ts';
import { Environment } from '../../../src/account/environment.ts';
import { rememberAccount } from '../../../src/account/environmentWriter.ts';
import { SessionReader } from '../../../src/account/sessionReader.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { quiet } from '../api/testClient.ts';
import { account } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys, testSources } from './testSources.ts';

describe('a web page instead of the API', () => {
  let sandbox: Sandbox;
  let storage: MemoryStorage;
  beforeEach(async () => {
    sandbox = await startSandbox();
    storage = new MemoryStorage();
  });
  afterEach(() => sandbox.close());

  /** What a new window says of a page at this address. */
  async function problemAt(apiUrl: string, variables: Record<string, string> = {}) {
    const reader = new SessionReader(testSources(storage, { apiUrl, variables }));
    const { session } = await reader.read();
    assert.ok(session.kind === 'signedIn');
    const page = { kind: 'http', status: 200, body: '<h1>Log in</h1>', contentType: 'text/html' } as const;
    sandbox.faults.set('GetAuthenticatedIdentity', page);
    const { client } = session.connection;
    // Not by its class: a module that is imported on demand has another one in tests.
    const failure: unknown = await client.getAuthenticatedIdentity(quiet).catch((error: unknown) => error);
    return (failure as OnaApiError).problem;
  }

  const ofSandbox = () => ({ ...account(new URL(sandbox.url).origin, 'org-1'), apiUrl: sandbox.url });

  it('is from something in between where somebody has signed in', async () => {
    const one = ofSandbox();
    const apiKeys = await openKeys(storage);
    await apiKeys.store(one, `key of ${accountId(one)}`);
    assert.equal(await problemAt(sandbox.url), 'intermediary');
    const elsewhere = `${new URL(sandbox.url).origin}/other/api`;
    assert.equal(await problemAt(elsewhere), 'wrongAddress', 'another path on the same host');
  });

  it('is from something in between where the environment’s key has worked', async () => {
    const variables = { ONA_API_KEY: 'env-key' };
    assert.equal(await problemAt(sandbox.url, variables), 'wrongAddress');
    await rememberAccount(new Environment(variables, storage.memento), sandbox.url, ofSandbox());
    assert.equal(await problemAt(sandbox.url, variables), 'intermediary');
  });
});
