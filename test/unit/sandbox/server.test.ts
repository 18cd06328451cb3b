import assert from 'node:assert/strict';
import { emptyOrganization } from '../../sandbox/emptyOrganization.ts';
import { largeOrganization } from '../../sandbox/largeOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/secretMarker.ts';
import type { Sandbox, SandboxOrganization } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal } from './calls.ts';

describe('sandbox', () => {
  let sandbox: Sandbox;
  const { ask, post } = callsOf(() => sandbox);

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  describe('answers', () => {
    it('omits defaults and keeps optional fields', async () => {
      const { integrations = [] } = await ask('ListSCMIntegrations');
      const bare = integrations.find(({ host }) => host === 'github.acme.example');
      assert.deepEqual(Object.keys(bare ?? {}).sort(), ['host', 'id', 'runnerId', 'scmId']);
      assert.ok(integrations.some(({ virtualDirectory }) => virtualDirectory === ''));
    });

    it('omits empty lists', async () => {
      sandbox.organization = emptyOrganization();
      assert.deepEqual(await ask('ListRunners'), { pagination: {} });
      assert.deepEqual(await ask('ListSCMIntegrations'), { pagination: {} });
    });

    it('names enums, and numbers those it does not know', async () => {
      const { runners = [] } = await ask('ListRunners');
      const providers = runners.map(({ provider }) => provider);
      assert.ok(providers.includes('RUNNER_PROVIDER_AWS_EC2'));
      assert.ok(providers.includes(42));
    });

    it('carries every secret a client has to drop', async () => {
      const runners = JSON.stringify(await ask('ListRunners'));
      assert.ok(runners.includes(`"password":"${SECRET_MARKER}"`));
      assert.ok(runners.includes(`"encryptedHoneycombApiKey":"${SECRET_MARKER_BASE64}"`));
      const integrations = JSON.stringify(await ask('ListSCMIntegrations'));
      assert.ok(integrations.includes(`"encryptedClientSecret":"${SECRET_MARKER_BASE64}"`));
    });

    it('refuses a field it does not know', async () => {
      assert.deepEqual(await refusal(await post('ListRunners', { organizationId: 'x' })), [
        400,
        'invalid_argument',
      ]);
      assert.deepEqual(await refusal(await post('ListRunners', '{')), [400, 'invalid_argument']);
    });

    it('shows a page of HTML where no API is', async () => {
      const response = await fetch(`${new URL(sandbox.url).origin}/gitpod.v1.RunnerService/ListRunners`, {
        method: 'POST',
        body: '{}',
      });
      assert.equal(response.status, 404);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/u);
      assert.deepEqual(
        sandbox.requests.map(({ method, path }) => [method, path]),
        [[undefined, '/gitpod.v1.RunnerService/ListRunners']],
      );
    });
  });

  describe('keys', () => {
    it('refuses a wrong key', async () => {
      const response = await post('ListRunners', {}, 'wrong');
      assert.equal(response.status, 401);
      assert.deepEqual(await response.json(), { code: 'unauthenticated', message: 'invalid token' });
      assert.equal(sandbox.requests[0]?.headers.authorization, 'invalid');
    });

    it('refuses a key from the moment it is deleted', async () => {
      await ask('GetAuthenticatedIdentity');
      sandbox.keys.delete(sandbox.apiKey);
      assert.deepEqual(await refusal(await post('GetAuthenticatedIdentity')), [401, 'unauthenticated']);
    });

    it('knows who is asking', async () => {
      const { profile, user, tier } = sandbox.organization;
      assert.deepEqual(await ask('GetAuthenticatedIdentity'), {
        subject: { id: user.id, principal: 'PRINCIPAL_USER' },
        organizationId: profile.id,
        organizationTier: tier,
      });
      assert.deepEqual(await ask('GetAuthenticatedUser'), { user });
      assert.deepEqual(await ask('GetOrganization', { organizationId: profile.id }), {
        organization: profile,
      });
    });

    it('answers a service account of another organization', async () => {
      const organization = emptyOrganization();
      sandbox.keys.set('robot', { principal: 'serviceAccount', id: organization.user.id, organization });
      assert.deepEqual(await (await post('GetAuthenticatedIdentity', {}, 'robot')).json(), {
        subject: { id: organization.user.id, principal: 'PRINCIPAL_SERVICE_ACCOUNT' },
        organizationId: organization.profile.id,
        organizationTier: 'free_ona',
      });
      assert.deepEqual(await refusal(await post('GetAuthenticatedUser', {}, 'robot')), [
        403,
        'permission_denied',
      ]);
      const other = { organizationId: sandbox.organization.profile.id };
      assert.deepEqual(await refusal(await post('GetOrganization', other, 'robot')), [404, 'not_found']);
    });
  });

  describe('lists', () => {
    it('come in pages of 25 unless told, until the token is absent', async () => {
      sandbox.organization = largeOrganization({ runners: 3, integrations: 60 });
      const sizes: number[] = [];
      const ids: unknown[] = [];
      let token = '';
      do {
        const { integrations = [], pagination } = await ask('ListSCMIntegrations', { pagination: { token } });
        sizes.push(integrations.length);
        ids.push(...integrations.map(({ id }) => id));
        token = pagination?.nextToken ?? '';
      } while (token !== '');
      assert.deepEqual(sizes, [25, 25, 10]);
      assert.deepEqual(
        ids,
        sandbox.organization.integrations.map(({ id }) => id),
      );
    });

    it('hold 100 at most', async () => {
      sandbox.organization = largeOrganization({ runners: 101, integrations: 0 });
      const { runners, pagination } = await ask('ListRunners', { pagination: { pageSize: 100 } });
      assert.equal(runners?.length, 100);
      assert.ok(pagination?.nextToken);
      for (const page of [{ pageSize: 101 }, { pageSize: -1 }, { token: 'made up' }]) {
        const response = await post('ListRunners', { pagination: page });
        assert.deepEqual(await refusal(response), [400, 'invalid_argument']);
      }
    });

    it('come round the runners or grouped by them, otherwise the same', () => {
      const size = { runners: 3, integrations: 8 };
      const round = largeOrganization(size);
      const grouped = largeOrganization({ ...size, grouped: true });
      const ids = round.runners.map(({ runnerId }) => runnerId);
      const runnersOf = ({ integrations }: SandboxOrganization) =>
        integrations.map(({ runnerId }) => ids.indexOf(runnerId));
      assert.deepEqual(runnersOf(round), [0, 1, 2, 0, 1, 2, 0, 1]);
      assert.deepEqual(runnersOf(grouped), [0, 0, 0, 1, 1, 1, 2, 2]);
      assert.deepEqual(new Set(grouped.integrations), new Set(round.integrations));
    });

    it('are filtered by runner', async () => {
      const { integrations } = sandbox.organization;
      const runnerId = integrations[0]?.runnerId ?? '';
      const answer = await ask('ListSCMIntegrations', { filter: { runnerIds: [runnerId] } });
      assert.deepEqual(
        answer.integrations?.map(({ id }) => id),
        integrations.filter((integration) => integration.runnerId === runnerId).map(({ id }) => id),
      );
      for (const runnerIds of [['managed-runner-1'], Array.from({ length: 26 }, () => runnerId)]) {
        const response = await post('ListSCMIntegrations', { filter: { runnerIds } });
        assert.deepEqual(await refusal(response), [400, 'invalid_argument']);
      }
    });

    it('are filtered by kind and provider', async () => {
      const { runners } = await ask('ListRunners', {
        filter: { kinds: ['RUNNER_KIND_REMOTE'], providers: ['RUNNER_PROVIDER_GCP'] },
      });
      assert.deepEqual(
        runners?.map(({ name }) => name),
        ['gcp-analytics'],
      );
    });

    it('show an edit at once', async () => {
      sandbox.organization.integrations.push({ id: 'new', scmId: 'github', host: 'new.example' });
      const { integrations } = await ask('ListSCMIntegrations');
      assert.deepEqual(integrations?.at(-1), { id: 'new', scmId: 'github', host: 'new.example' });
    });
  });

  describe('records', () => {
    it('hold what was asked, without the key', async () => {
      await ask('ListRunners', { pagination: { pageSize: 100 } });
      const [request] = sandbox.requests;
      assert.equal(request?.method, 'ListRunners');
      assert.deepEqual(request.body, { pagination: { pageSize: 100 } });
      assert.equal(request.headers.authorization, 'valid');
      assert.equal(request.headers.connection, 'keep-alive');
      assert.equal(JSON.stringify(sandbox.requests).includes(sandbox.apiKey), false);
    });

    it('count connections, not requests', async () => {
      for (let call = 0; call < 3; call += 1) {
        await ask('ListRunners');
      }
      assert.equal(sandbox.connections, 1);
      sandbox.resetRecords();
      await ask('ListRunners');
      assert.equal(sandbox.connections, 0);
      assert.equal(sandbox.requests.length, 1);
    });

    it('tell how many requests were under way', async () => {
      sandbox.faults.set('ListRunners', { kind: 'hang' });
      const abort = new AbortController();
      const hanging = post('ListRunners', {}, sandbox.apiKey, { signal: abort.signal });
      const outcome = assert.rejects(hanging, { name: 'AbortError' });
      while (!sandbox.requests.some(({ method }) => method === 'ListRunners')) {
        await ask('GetAuthenticatedIdentity');
      }
      await ask('GetOrganization', { organizationId: sandbox.organization.profile.id });
      assert.equal(sandbox.requests.at(-1)?.inFlight, 2);
      abort.abort();
      await outcome;
    });
  });
});
