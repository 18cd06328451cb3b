import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { SessionStore } from '../../../src/account/session.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, itemsOf, quiet } from '../api/testClient.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { testSources } from './testSources.ts';

describe('a sign-in beside a load that is never answered', () => {
  let sandbox: Sandbox;
  beforeEach(async () => (sandbox = await startSandbox()));
  afterEach(() => sandbox.close());

  it('does not wait for it', async () => {
    const variables = { ONA_API_KEY: sandbox.apiKey };
    const sources = testSources(new MemoryStorage(), { variables, apiUrl: sandbox.url });
    const endpoint = { ...sources.endpoint, timeoutMs: () => 60_000 };
    const session = new SessionStore({ ...sources, endpoint });
    await session.restart();
    await session.whenIdentified();

    sandbox.faults.set('ListRunners', { kind: 'hang' });
    const load = new AbortController();
    setMaxListeners(0, load.signal);
    const client = session.connection?.client;
    assert.ok(client);
    let ended = 0;
    const calls = Array.from({ length: 20 }, () => itemsOf(client.listRunners(load)).catch(() => ended++));
    const hanging = () => sandbox.requests.filter(({ method }) => method === 'ListRunners').length;
    // A client with a gate of its own does not wait: each answer shows that time has passed.
    const { client: elsewhere } = clientOf(sandbox);
    while (hanging() < 7) {
      await elsewhere.getAuthenticatedIdentity(quiet);
    }

    const account = await session.signIn(sandbox.url, sandbox.apiKey, { ...quiet, keep: 'window' });
    assert.equal(account.organizationName, 'Acme');
    assert.notEqual(account.userName, undefined);
    assert.deepEqual([ended, hanging()], [0, 7]);
    assert.ok(
      sandbox.requests.every(({ inFlight }) => inFlight <= 9),
      'eight, and that of the other client',
    );
    load.abort();
    await Promise.all(calls);
    session.dispose();
  });
});
