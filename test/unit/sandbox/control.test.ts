import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { actionableError, retryInfo } from '../../sandbox/errorDetails.ts';
import { sandboxMethodNames } from '../../sandbox/methods.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal } from './calls.ts';

describe("a running sandbox's control", () => {
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
      openStreams: 0,
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

  it('sets a fault for every call', async () => {
    const fault = { kind: 'connect', code: 'permission_denied', message: 'no' };
    for (const method of sandboxMethodNames) {
      assert.equal((await patch({ faults: { [method]: fault } }))[0], 200);
      assert.deepEqual(await refusal(await post(method)), [403, 'permission_denied'], method);
    }
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
