import assert from 'node:assert/strict';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { emptyOrganization } from '../../sandbox/emptyOrganization.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

describe('an empty list of runners', () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await startSandbox()));
  afterEach(() => sandbox.close());

  const runners = () => itemsOf(clientOf(sandbox).client.listRunners(quiet));
  const methods = () => sandbox.requests.map(({ method }) => method);

  it('is what an organization has, if the API names that organization', async () => {
    sandbox.organization = emptyOrganization();
    assert.deepEqual(await runners(), []);
    assert.deepEqual(methods(), ['ListRunners', 'GetAuthenticatedIdentity']);
  });

  it('says nothing if the service answers anything with an empty object', async () => {
    for (const method of ['ListRunners', 'GetAuthenticatedIdentity'] as const) {
      sandbox.faults.set(method, { kind: 'raw', body: '{}' });
    }
    const { problem, host } = await failureOf(runners());
    assert.deepEqual([problem, host], ['noOrganization', new URL(sandbox.url).host]);
  });

  it('says nothing if the API does not say whose key it is', async () => {
    sandbox.organization = emptyOrganization();
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code: 'internal', message: '' });
    assert.equal((await failureOf(runners())).problem, 'unavailable');
  });

  for (const code of ['permission_denied', 'unimplemented', 'invalid_argument'] as const) {
    it(`is what an organization has, if the API refuses to say whose key it is: ${code}`, async () => {
      sandbox.organization = emptyOrganization();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code, message: '' });
      assert.deepEqual(await runners(), []);
    });
  }

  it('of integrations is common, and costs no other request', async () => {
    sandbox.organization.integrations = [];
    const { client } = clientOf(sandbox);
    await itemsOf(client.listRunners(quiet));
    await itemsOf(client.listScmIntegrations(quiet));
    assert.deepEqual(methods(), ['ListRunners', 'ListSCMIntegrations']);
  });
});
