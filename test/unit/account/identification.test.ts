import assert from 'node:assert/strict';
import type { Account } from '../../../src/account/account.ts';
import { Identification } from '../../../src/account/identification.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf } from '../api/testClient.ts';

describe('identifying the account of a key', () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await startSandbox()));
  afterEach(() => sandbox.close());

  function identification() {
    const { client } = clientOf(sandbox);
    const connection = { apiUrl: sandbox.url, client, environmentVariable: 'ONA_API_KEY' };
    const found: (string | undefined)[] = [];
    const one = new Identification(() => undefined);
    const start = () =>
      one.start(connection, (account: Account | undefined) => {
        found.push(account?.organizationName);
        return Promise.resolve();
      });
    return { one, start, found };
  }

  it('is tried again only if it has failed and was not stopped', async () => {
    const { one, start, found } = identification();
    const { name } = sandbox.organization.profile;
    const refuse = () =>
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code: 'internal', message: '' });
    refuse();
    start();
    one.retry();
    await one.done;
    assert.equal(sandbox.requests.length, 1, 'not while it runs');
    sandbox.faults.clear();
    one.retry();
    await one.done;
    assert.deepEqual(found, [name]);
    one.retry();
    await one.done;
    assert.deepEqual(found, [name], 'not after it has succeeded');
    refuse();
    start();
    await one.done;
    one.stop();
    const sent = sandbox.requests.length;
    one.retry();
    await one.done;
    assert.equal(sandbox.requests.length, sent, 'not for somebody who has signed out');
  });
});
