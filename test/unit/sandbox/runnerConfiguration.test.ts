import assert from 'node:assert/strict';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { emptyOrganization } from '../../sandbox/emptyOrganization.ts';
import { runnerNamed } from '../../sandbox/lookup.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import { JANE_ID, runnerIdOf } from '../../sandbox/sampleRunners.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal } from './calls.ts';

describe("a sandbox's runner configuration", () => {
  let sandbox: Sandbox;
  const { ask, post } = callsOf(() => sandbox);

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  describe('lists sign-ins', () => {
    it('of everybody, or of one subject or user', async () => {
      const { tokens = [] } = sandbox.organization;
      assert.deepEqual((await ask('ListHostAuthenticationTokens')).tokens, tokens);
      const own = tokens.filter(({ subject }) => subject?.id === JANE_ID);
      assert.ok(own.length > 0 && own.length < tokens.length);
      for (const filter of [{ subjectId: JANE_ID }, { userId: JANE_ID }]) {
        assert.deepEqual((await ask('ListHostAuthenticationTokens', { filter })).tokens, own);
      }
      const { subject } = (await (await post('GetAuthenticatedIdentity')).json()) as { subject: object };
      assert.deepEqual(own[0]?.subject, subject);
    });

    it('on one runner', async () => {
      const filter = { subjectId: JANE_ID, runnerId: runnerIdOf('gcp-analytics') };
      const { tokens } = await ask('ListHostAuthenticationTokens', { filter });
      assert.deepEqual(
        tokens?.map(({ host }) => host),
        ['github.com', 'GitLab.com.'],
      );
    });

    it('of nobody where there are none', async () => {
      const serviceAccount = deterministicUuid('service account');
      sandbox.keys.set('robot', { principal: 'serviceAccount', id: serviceAccount });
      const filter = { subjectId: serviceAccount };
      const response = await post('ListHostAuthenticationTokens', { filter }, 'robot');
      assert.deepEqual(await response.json(), { pagination: {} });
      sandbox.organization = emptyOrganization();
      assert.deepEqual(await ask('ListHostAuthenticationTokens'), { pagination: {} });
    });

    it('in pages', async () => {
      const first = await ask('ListHostAuthenticationTokens', { pagination: { pageSize: 4 } });
      const token = first.pagination?.nextToken ?? '';
      const second = await ask('ListHostAuthenticationTokens', { pagination: { pageSize: 100, token } });
      assert.equal(first.tokens?.length, 4);
      assert.deepEqual([...first.tokens, ...(second.tokens ?? [])], sandbox.organization.tokens);
      assert.deepEqual(second.pagination, {});
    });

    it('only by IDs', async () => {
      for (const filter of [{ subjectId: 'me' }, { runnerId: '' }, { userId: 'x' }]) {
        const response = await post('ListHostAuthenticationTokens', { filter });
        assert.deepEqual(await refusal(response), [400, 'invalid_argument']);
      }
    });

    it('as soon as they are edited', async () => {
      sandbox.organization.tokens = [{ id: 'new', host: 'new.example' }];
      assert.deepEqual((await ask('ListHostAuthenticationTokens')).tokens, [
        { id: 'new', host: 'new.example' },
      ]);
    });

    it('with times relative to that of the sample', () => {
      const now = Date.parse('2026-08-18T12:00:00Z');
      const ends = sampleOrganization(now).tokens?.map(({ source = '', expiresAt = '' }) => [
        source.replace(/.*_/u, ''),
        expiresAt,
      ]);
      assert.deepEqual(ends?.slice(0, 4), [
        ['OAUTH', '2026-08-18T13:00:00Z'],
        ['PAT', '2026-08-21T12:00:00Z'],
        ['OAUTH', ''],
        ['PAT', '2026-08-16T12:00:00Z'],
      ]);
      assert.deepEqual(sampleOrganization(), sampleOrganization());
    });
  });

  describe('tells what a runner can offer', () => {
    const schemaOf = (name: string) => post('GetRunnerConfigurationSchema', { runnerId: runnerIdOf(name) });

    it('if it is active or degraded', async () => {
      const { runners, schemas = {} } = sandbox.organization;
      const live = runners.filter(({ status }) =>
        ['RUNNER_PHASE_ACTIVE', 'RUNNER_PHASE_DEGRADED'].includes(String(status?.phase)),
      );
      assert.deepEqual(live.map(({ runnerId = '' }) => runnerId).sort(), Object.keys(schemas).sort());
      for (const { runnerId = '' } of live) {
        const { schema } = await ask('GetRunnerConfigurationSchema', { runnerId });
        assert.deepEqual(schema, schemas[runnerId]);
      }
    });

    it('with every way to sign in, and a provider of its own', async () => {
      const response = await schemaOf('gcp-analytics');
      const { schema } = (await response.json()) as { schema: { scm: Record<string, unknown>[] } };
      assert.deepEqual(
        schema.scm.map(({ scmId, oauth, pat }) => [scmId, oauth !== undefined, pat !== undefined]),
        [
          ['github', true, true],
          ['gitlab', true, true],
          ['bitbucket', true, false],
          ['azuredevops_entra', true, true],
          ['azuredevops_server', false, true],
          ['forgejo', false, true],
        ],
      );
    });

    it('not if it is inactive, unknown, or has never connected', async () => {
      const inactive = await schemaOf('lab');
      assert.equal(inactive.status, 400);
      assert.deepEqual(await inactive.json(), {
        code: 'failed_precondition',
        message: 'runner is not active',
      });
      assert.deepEqual(await refusal(await schemaOf('apac-new')), [404, 'not_found']);
      assert.deepEqual(await refusal(await schemaOf('gone')), [404, 'not_found']);
      const response = await post('GetRunnerConfigurationSchema', { runnerId: 'managed-runner-1' });
      assert.deepEqual(await refusal(response), [400, 'invalid_argument']);
    });

    it('as soon as it is edited', async () => {
      runnerNamed(sandbox.organization, 'lab').status = { phase: 'RUNNER_PHASE_ACTIVE' };
      assert.deepEqual(await refusal(await schemaOf('lab')), [404, 'not_found']);
      sandbox.organization.schemas = { [runnerIdOf('lab')]: { scm: [{ scmId: 'github', oauth: {} }] } };
      assert.deepEqual(await (await schemaOf('lab')).json(), {
        schema: { scm: [{ scmId: 'github', oauth: {} }] },
      });
    });
  });
});
