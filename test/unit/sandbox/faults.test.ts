import assert from 'node:assert/strict';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import type { Fault } from '../../sandbox/fault.ts';
import { largeOrganization } from '../../sandbox/largeOrganization.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal, urlOf } from './calls.ts';

describe('sandbox faults', () => {
  let sandbox: Sandbox;
  const { ask, post } = callsOf(() => sandbox);

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  it('answer Connect errors with details and headers', async () => {
    const details = [{ type: 'google.rpc.RetryInfo', value: 'CgIIAg' }];
    sandbox.faults.set('ListRunners', {
      kind: 'connect',
      code: 'resource_exhausted',
      message: 'slow down',
      details,
      headers: { 'RateLimit-RetryAfter': '2' },
    });
    const response = await post('ListRunners');
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('ratelimit-retryafter'), '2');
    assert.deepEqual(await response.json(), { code: 'resource_exhausted', message: 'slow down', details });
    await ask('ListSCMIntegrations');
  });

  it('answer whatever a proxy would', async () => {
    sandbox.faults.set('ListRunners', {
      kind: 'http',
      status: 502,
      body: '<h1>Bad Gateway</h1>',
      contentType: 'text/html',
      headers: { via: '1.1 proxy' },
    });
    const response = await post('ListRunners');
    assert.equal(response.status, 502);
    assert.equal(response.headers.get('content-type'), 'text/html');
    assert.equal(response.headers.get('via'), '1.1 proxy');
    assert.equal(await response.text(), '<h1>Bad Gateway</h1>');
  });

  it('answer a body as it is', async () => {
    sandbox.faults.set('ListRunners', { kind: 'raw', body: '{"runners":' });
    const response = await post('ListRunners');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(await response.text(), '{"runners":');
  });

  it('reset the connection', async () => {
    sandbox.faults.set('ListRunners', { kind: 'reset' });
    await assert.rejects(post('ListRunners'), (error: Error) => {
      assert.equal((error.cause as { code?: string }).code, 'ECONNRESET');
      return true;
    });
  });

  it('leave a request without an answer until the sandbox closes', async () => {
    sandbox.faults.set('ListRunners', { kind: 'hang' });
    const hanging = post('ListRunners');
    const outcome = assert.rejects(hanging);
    while (sandbox.requests.length === 0) {
      await ask('GetAuthenticatedIdentity');
    }
    await sandbox.close();
    await outcome;
  });

  it('clear themselves after so many times', async () => {
    sandbox.faults.set('ListRunners', { kind: 'connect', code: 'unavailable', message: '', times: 2 });
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await post('ListRunners')).status);
    }
    assert.deepEqual(statuses, [503, 503, 200]);
    assert.equal(sandbox.faults.size, 0);
  });

  it('can wait for a later page', async () => {
    sandbox.organization = largeOrganization({ runners: 30, integrations: 0 });
    sandbox.faults.set('ListRunners', {
      kind: 'afterPages',
      pages: 1,
      fault: { kind: 'connect', code: 'internal', message: 'broken page' },
    });
    const { pagination } = await ask('ListRunners');
    const second = await post('ListRunners', { pagination: { token: pagination?.nextToken ?? '' } });
    assert.deepEqual(await refusal(second), [500, 'internal']);
    assert.equal((await ask('ListRunners')).runners?.length, 25);
  });

  it('answer a body of any size', async () => {
    for (const bytes of [2, 65_536, 1_000_000]) {
      sandbox.faults.set('ListRunners', { kind: 'large', bytes });
      sandbox.resetRecords();
      const text = await (await post('ListRunners')).text();
      assert.equal(text.length, bytes);
      assert.deepEqual(JSON.parse(text), {});
      assert.equal(sandbox.largeBytesWritten, bytes);
    }
  });

  it('write no more of a body than the client reads', async () => {
    const bytes = 256 * 1024 * 1024;
    sandbox.faults.set('ListRunners', { kind: 'large', bytes });
    const { body } = await post('ListRunners');
    await body?.cancel();
    while (sandbox.requests.at(-1)?.inFlight !== 1) {
      await ask('GetAuthenticatedIdentity');
    }
    assert.ok(sandbox.largeBytesWritten > 0);
    assert.ok(sandbox.largeBytesWritten < bytes / 4);
  });

  for (const status of [307, 308]) {
    it(`redirect with ${status}`, async () => {
      const location = urlOf(sandbox, 'ListSCMIntegrations');
      sandbox.faults.set('ListRunners', { kind: 'http', status, body: '', headers: { location } });
      const body = { pagination: { pageSize: 1 } };
      const redirect = await post('ListRunners', body, sandbox.apiKey, { redirect: 'manual' });
      assert.equal(redirect.status, status);
      assert.equal(redirect.headers.get('location'), location);
      assert.equal((await ask('ListRunners', body)).integrations?.length, 1);
      assert.deepEqual(
        sandbox.requests.slice(1).map((request) => [request.method, request.httpMethod, request.body]),
        [
          ['ListRunners', 'POST', body],
          ['ListSCMIntegrations', 'POST', body],
        ],
      );
    });
  }

  describe('happen', () => {
    const one = deterministicUuid('one');
    const two = deterministicUuid('two');
    const three = deterministicUuid('three');
    const broken = { kind: 'connect', code: 'internal', message: 'broken' } as const;
    const cases: [string, Fault, none: string, one: string, oneAndTwo: string, two: string][] = [
      ['for named runners', { ...broken, runnerIds: [one, three] }, 'ok ok', 'no no', 'no no', 'ok ok'],
      ['without a filter', { ...broken, unfiltered: true }, 'no no', 'ok ok', 'ok ok', 'ok ok'],
      [
        'for named runners, on a later page',
        { kind: 'afterPages', pages: 1, fault: broken, runnerIds: [one] },
        'ok ok',
        'ok no',
        'ok no',
        'ok ok',
      ],
      [
        'without a filter, on a later page',
        { kind: 'afterPages', pages: 1, fault: { ...broken, unfiltered: true } },
        'ok no',
        'ok ok',
        'ok ok',
        'ok ok',
      ],
    ];

    /** The results of a filter's first two pages. */
    async function pagesOf(...runnerIds: string[]): Promise<string> {
      const filter = runnerIds.length === 0 ? {} : { filter: { runnerIds } };
      const pages = ['', 'page:1:offset:25'].map(async (page) => {
        const token = Buffer.from(page).toString('base64');
        return (await post('ListSCMIntegrations', { ...filter, pagination: { token } })).ok ? 'ok' : 'no';
      });
      return (await Promise.all(pages)).join(' ');
    }

    for (const [when, fault, ...expected] of cases) {
      it(`only ${when}`, async () => {
        sandbox.faults.set('ListSCMIntegrations', fault);
        const pages = [await pagesOf(), await pagesOf(one), await pagesOf(one, two), await pagesOf(two)];
        assert.deepEqual(pages, expected);
      });
    }

    it('only for a named runner, if a call asks for one', async () => {
      for (const [method, request] of [
        ['GetRunner', { runnerId: one }],
        ['GetRunnerConfigurationSchema', { runnerId: one }],
        ['ListHostAuthenticationTokens', { filter: { runnerId: one } }],
      ] as const) {
        sandbox.faults.set(method, { ...broken, runnerIds: [two] });
        assert.notEqual((await post(method, request)).status, 500, method);
        sandbox.faults.set(method, { ...broken, runnerIds: [one] });
        assert.equal((await post(method, request)).status, 500, method);
        sandbox.faults.set(method, { ...broken, unfiltered: true });
        assert.notEqual((await post(method, request)).status, 500, method);
      }
    });

    it('as often as told to the calls they are for', async () => {
      sandbox.faults.set('ListSCMIntegrations', { ...broken, runnerIds: [one], times: 1 });
      await ask('ListSCMIntegrations');
      const filter = { runnerIds: [one] };
      assert.deepEqual(await refusal(await post('ListSCMIntegrations', { filter })), [500, 'internal']);
      await ask('ListSCMIntegrations', { filter });
    });
  });
});
