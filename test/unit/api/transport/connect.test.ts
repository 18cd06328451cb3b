import assert from 'node:assert/strict';
import http from 'node:http';
import { inspect } from 'node:util';
import { CONNECT_CODES } from '../../../../src/api/transport/errorCodes.ts';
import type { ConnectCode, OnaApiProblem } from '../../../../src/api/transport/errors.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

describe('a call', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const identify = () => clientOf(sandbox).client.getAuthenticatedIdentity(quiet);

  describe('sends', () => {
    it('the key, a JSON object, what it is and who asks, with every method', async () => {
      const { client } = clientOf(sandbox);
      await client.getAuthenticatedIdentity(quiet);
      await client.getAuthenticatedUser(quiet);
      await client.getOrganization(sandbox.organization.profile.id, quiet);
      await itemsOf(client.listRunners(quiet));
      await itemsOf(client.listScmIntegrations(quiet));
      assert.equal(sandbox.requests.length, 5);
      for (const { method, httpMethod, headers, body } of sandbox.requests) {
        assert.ok(method !== undefined);
        assert.equal(httpMethod, 'POST');
        assert.deepEqual(headers, {
          authorization: 'valid',
          connection: 'keep-alive',
          contentType: 'application/json',
          userAgent: 'ona-scm-tests/1.0',
        });
        assert.ok(typeof body === 'object' && body !== null && !Array.isArray(body));
      }
    });

    it('ten requests over one connection', async () => {
      for (let call = 0; call < 10; call++) {
        await identify();
      }
      assert.equal(sandbox.requests.length, 10);
      assert.equal(sandbox.connections, 1);
    });

    it('the wish to keep the connection, whatever the agent would do', async () => {
      const { globalAgent } = http;
      // VS Code replaces this with its own agent.
      http.globalAgent = new http.Agent({ keepAlive: false });
      try {
        await identify();
      } finally {
        http.globalAgent = globalAgent;
      }
      assert.equal(sandbox.requests[0]?.headers.connection, 'keep-alive');
    });

    it('the next request over the connection that carried an error', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', {
        kind: 'http',
        status: 500,
        body: '<h1>Internal Server Error</h1>',
        times: 1,
      });
      await failureOf(identify());
      await identify();
      assert.equal(sandbox.connections, 1);
    });
  });

  describe('names the Connect error', () => {
    const expected: Record<ConnectCode, readonly [OnaApiProblem, number]> = {
      canceled: ['canceled', 499],
      unknown: ['unavailable', 500],
      invalid_argument: ['refused', 400],
      deadline_exceeded: ['unavailable', 504],
      not_found: ['refused', 404],
      already_exists: ['refused', 409],
      permission_denied: ['noPermission', 403],
      resource_exhausted: ['limit', 429],
      failed_precondition: ['refused', 400],
      aborted: ['refused', 409],
      out_of_range: ['refused', 400],
      unimplemented: ['refused', 501],
      internal: ['unavailable', 500],
      unavailable: ['unavailable', 503],
      data_loss: ['unavailable', 500],
      unauthenticated: ['keyRefused', 401],
    };

    for (const code of CONNECT_CODES) {
      const [problem, httpStatus] = expected[code];
      it(`${code} as ${problem}`, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code, message: 'runner\nis away' });
        const failure = await failureOf(identify());
        assert.equal(failure.problem, problem);
        assert.equal(failure.code, code);
        assert.equal(failure.httpStatus, httpStatus);
        assert.equal(failure.detail, 'runner is away');
        assert.equal(failure.method, 'GetAuthenticatedIdentity');
        assert.equal(failure.host, new URL(sandbox.url).host);
      });
    }

    it('that the API itself answers to a wrong key', async () => {
      const { client } = clientOf({ url: sandbox.url, apiKey: 'expired-api-key' });
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.deepEqual([failure.problem, failure.httpStatus], ['keyRefused', 401]);
    });
  });

  describe('refuses', () => {
    it('a login page that answers 200', async () => {
      const body = '<!doctype html><title>Sign in</title>';
      sandbox.faults.set('GetAuthenticatedIdentity', {
        kind: 'http',
        status: 200,
        body,
        contentType: 'text/html',
      });
      const failure = await failureOf(identify());
      assert.deepEqual([failure.problem, failure.httpStatus], ['wrongAddress', 200]);
      assert.ok(!inspect(failure).includes('Sign in'));
    });

    for (const body of ['', '{"subject":', '[]', '[{"organizationId":"x"}]', 'null', '"text"', '7', 'true']) {
      it(`the answer ${body || '(nothing)'}`, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body });
        const failure = await failureOf(identify());
        assert.deepEqual([failure.problem, failure.httpStatus], ['unexpectedAnswer', 200]);
      });
    }
  });

  describe('follows no redirect', () => {
    for (const [status, problem] of [
      [301, 'intermediary'],
      [302, 'intermediary'],
      [303, 'intermediary'],
      [307, 'redirected'],
      [308, 'redirected'],
    ] as const) {
      it(`${status} to another origin`, async () => {
        // It would accept the key: only its records can show that none came.
        const stranger = await startSandbox();
        try {
          const location = `${stranger.url}/gitpod.v1.IdentityService/GetAuthenticatedIdentity?token=private`;
          sandbox.faults.set('GetAuthenticatedIdentity', {
            kind: 'http',
            status,
            body: '',
            headers: { location },
          });
          const failure = await failureOf(identify());
          assert.deepEqual(
            [failure.problem, failure.httpStatus, failure.redirectedTo],
            [problem, status, new URL(stranger.url).origin],
          );
          assert.doesNotMatch(failure.message, /private/);
          assert.deepEqual(stranger.requests, []);
          assert.equal(stranger.connections, 0);
        } finally {
          await stranger.close();
        }
      });
    }

    for (const location of [undefined, 'http://[', '']) {
      it(`to ${location === undefined ? 'nowhere' : JSON.stringify(location)}`, async () => {
        const headers = location === undefined ? {} : { location };
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status: 307, body: '', headers });
        const failure = await failureOf(identify());
        assert.equal(failure.problem, 'wrongAddress');
        assert.equal(sandbox.requests.length, 1);
      });
    }
  });
});
