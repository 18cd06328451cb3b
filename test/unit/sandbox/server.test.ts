import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { actionableError, retryInfo } from '../../sandbox/errorDetails.ts';
import { emptyOrganization } from '../../sandbox/emptyOrganization.ts';
import { largeOrganization } from '../../sandbox/largeOrganization.ts';
import { sampleOrganization, SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/sampleOrganization.ts';
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

  async function patch(body: JsonValue | string): Promise<[number, Record<string, unknown>]> {
    const response = await fetch(sandbox.controlUrl, {
      method: 'PATCH',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return [response.status, (await response.json()) as Record<string, unknown>];
  }

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

  describe('control', () => {
    it('shows the state without keys', async () => {
      const text = await (await fetch(sandbox.controlUrl)).text();
      const { runners, integrations } = sampleOrganization();
      assert.deepEqual(JSON.parse(text), {
        url: sandbox.url,
        latencyMs: 0,
        faults: {},
        organization: 'Acme',
        runners: runners.length,
        integrations: integrations.length,
        requests: 0,
        connections: 1,
      });
      assert.equal(text.includes(sandbox.apiKey), false);
    });

    it('sets and clears faults and latency', async () => {
      const fault = { kind: 'connect', code: 'permission_denied', message: 'no' };
      const [status, state] = await patch({ latencyMs: 1, faults: { ListRunners: fault } });
      assert.equal(status, 200);
      assert.deepEqual(state['faults'], { ListRunners: fault });
      assert.equal(sandbox.latencyMs, 1);
      assert.equal((await post('ListRunners')).status, 403);
      await patch({ faults: { ListRunners: null } });
      assert.equal((await post('ListRunners')).status, 200);
    });

    it('takes every sort of fault', async () => {
      const runnerIds = ['one'];
      const scope = { times: 2, runnerIds, unfiltered: true };
      const details = [retryInfo(1500), actionableError({ errorCode: 'quota' })];
      const faults = [
        { kind: 'connect', code: 'unavailable', message: '', details, headers: { a: 'b' }, ...scope },
        { kind: 'http', status: 307, body: '', headers: { location: 'https://elsewhere.example' }, ...scope },
        { kind: 'hang', ...scope },
        { kind: 'reset', ...scope },
        { kind: 'resetReused', ...scope },
        { kind: 'raw', body: '', ...scope },
        { kind: 'large', bytes: 2, ...scope },
        { kind: 'afterPages', pages: 1, fault: { kind: 'hang', ...scope }, ...scope },
      ];
      for (const fault of faults) {
        const [status, state] = await patch({ faults: { ListRunners: fault } } as JsonObject);
        assert.equal(status, 200);
        assert.deepEqual(state['faults'], { ListRunners: fault });
      }
    });

    it('adds and removes runners and integrations', async () => {
      const [first] = sandbox.organization.runners;
      await patch({
        addIntegration: { id: 'added', scmId: 'github', host: 'added.example', pat: true },
        removeIntegration: 'static-scm-1',
        addRunner: { name: 'added', status: { phase: 'RUNNER_PHASE_ACTIVE' } },
        removeRunner: first?.runnerId ?? '',
      });
      const { integrations = [] } = await ask('ListSCMIntegrations');
      assert.ok(integrations.some(({ id }) => id === 'added'));
      assert.ok(!integrations.some(({ id }) => id === 'static-scm-1'));
      const names = (await ask('ListRunners')).runners?.map(({ name }) => name) ?? [];
      assert.ok(names.includes('added'));
      assert.ok(!names.includes(first?.name));
    });

    it('says what is wrong and changes nothing', async () => {
      const cases: [JsonValue | string, RegExp][] = [
        ['{', /not valid JSON/u],
        ['7', /Expected Object/u],
        [{ latency: 5 }, /latency/u],
        [{ latencyMs: 5, addIntegration: { scm: 'github' } }, /addIntegration: .*"scm" is unknown/u],
        [{ latencyMs: 5, faults: { ListRunner: null } }, /faults\.ListRunner/u],
        [{ latencyMs: 5, faults: { ListRunners: { kind: 'explode' } } }, /faults\.ListRunners\.kind/u],
        [{ latencyMs: 5, removeIntegration: 'nobody' }, /no integration nobody/u],
      ];
      for (const [body, message] of cases) {
        const [status, { error }] = await patch(body);
        assert.equal(status, 400);
        assert.match(String(error), message);
      }
      assert.equal(sandbox.latencyMs, 0);
    });
  });
});
