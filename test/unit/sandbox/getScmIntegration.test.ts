import assert from 'node:assert/strict';
import { integrationAt } from '../../sandbox/lookup.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal } from './calls.ts';

describe("the sandbox's call for one integration", () => {
  let sandbox: Sandbox;
  const { post } = callsOf(() => sandbox);

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.organization = sampleOrganization();
  });

  afterEach(() => sandbox.close());

  it('answers with it, or that it has no resource', async () => {
    const { id = '' } = integrationAt(sandbox.organization, 'eu-production', 'github.com');
    const answer = (await (await post('GetSCMIntegration', { id })).json()) as { integration?: unknown };
    assert.deepEqual((answer.integration as { host?: string }).host, 'github.com');
    sandbox.organization.inheritedIds = [id];
    assert.deepEqual(await refusal(await post('GetSCMIntegration', { id })), [404, 'not_found']);
  });

  it('refuses what is not a UUID', async () => {
    const response = await post('GetSCMIntegration', { id: 'static-scm-1' });
    assert.deepEqual(await refusal(response), [400, 'invalid_argument']);
  });
});
