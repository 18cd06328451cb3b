import assert from 'node:assert/strict';
import type { ConnectCode, OnaApiProblem } from '../../../../src/api/transport/errors.ts';
import type { Fault } from '../../../sandbox/fault.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from '../testClient.ts';

describe('an answer that is not from the API', () => {
  let sandbox: Sandbox;
  before(async () => void (sandbox = await startSandbox()));
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.resetRecords();
  });
  after(() => sandbox.close());

  const identify = () => clientOf(sandbox).client.getAuthenticatedIdentity(quiet);

  describe('is attributed to something in between', () => {
    const cases: [number, OnaApiProblem, ConnectCode][] = [
      [400, 'intermediary', 'internal'],
      [401, 'intermediary', 'unknown'],
      [402, 'intermediary', 'unknown'],
      [403, 'intermediary', 'unknown'],
      [404, 'wrongAddress', 'unimplemented'],
      [405, 'wrongAddress', 'unknown'],
      [407, 'proxyAuthentication', 'unknown'],
      [418, 'intermediary', 'unknown'],
      [429, 'intermediary', 'unavailable'],
      [451, 'intermediary', 'unknown'],
      [500, 'intermediary', 'unknown'],
      [502, 'intermediary', 'unavailable'],
      [503, 'intermediary', 'unavailable'],
      [504, 'intermediary', 'unavailable'],
      [511, 'intermediary', 'unknown'],
    ];
    const bodies = [
      '',
      '<h1>No</h1>',
      '{"code":',
      'null',
      '[]',
      '"no"',
      '{"code":401}',
      '{"code":"made_up"}',
    ];

    for (const [status, problem, code] of cases) {
      it(`${status} as ${problem}`, async () => {
        for (const body of bodies) {
          sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status, body });
          const failure = await failureOf(identify());
          assert.deepEqual(
            [failure.problem, failure.code, failure.httpStatus],
            [problem, code, status],
            body,
          );
        }
      });
    }

    it('even if it has the form of an error of the API, but is a page: the API sends JSON', async () => {
      const body = '{"code":"unauthenticated","message":"no"}';
      for (const contentType of ['text/html', 'text/plain', 'application/problem+json']) {
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status: 401, body, contentType });
        assert.equal((await failureOf(identify())).problem, 'intermediary', contentType);
      }
      for (const contentType of ['application/json', 'Application/JSON; charset=utf-8']) {
        sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status: 401, body, contentType });
        assert.equal((await failureOf(identify())).problem, 'keyRefused', contentType);
      }
    });

    it('even 404 and pages, where an Ona API has answered before', async () => {
      const faults: Fault[] = [
        { kind: 'http', status: 404, body: '<h1>Not found</h1>' },
        { kind: 'http', status: 405, body: '' },
        { kind: 'http', status: 200, body: '<h1>Log in</h1>', contentType: 'text/html' },
        { kind: 'http', status: 200, body: '{}', contentType: 'text/html' },
        { kind: 'http', status: 204, body: '' },
        { kind: 'http', status: 302, body: '' },
        { kind: 'http', status: 307, body: '' },
        { kind: 'http', status: 307, body: '', headers: { location: 'https://login.example/?a=1' } },
      ];
      for (const isKnownApi of [false, true]) {
        const { client } = clientOf(sandbox, { isKnownApi });
        if (!isKnownApi) {
          await client.getAuthenticatedIdentity(quiet);
        }
        for (const fault of faults) {
          sandbox.faults.set('GetAuthenticatedIdentity', fault);
          const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
          assert.equal(failure.problem, 'intermediary', JSON.stringify(fault));
          sandbox.faults.clear();
        }
      }
    });

    it('and the log has what the answer says about its sender, without the key', async () => {
      const { client, lines } = clientOf(sandbox);
      const headers = { server: 'squid/6.6', via: `1.1 proxy.corp.example ${sandbox.apiKey}` };
      const page = { kind: 'http', status: 403, body: '<h1>Blocked</h1>', contentType: 'text/html' } as const;
      sandbox.faults.set('GetAuthenticatedIdentity', { ...page, headers });
      await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.match(
        lines.join('\n'),
        /server: squid\/6\.6, via: 1\.1 proxy\.corp\.example \[redacted\], content-type: text\/html, \d+ ms$/,
      );
    });

    it('but a permanent move is not, and names the new address', async () => {
      const { client } = clientOf(sandbox, { isKnownApi: true });
      const headers = { location: 'https://api.example/' };
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'http', status: 308, body: '', headers });
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.deepEqual([failure.problem, failure.redirectedTo], ['redirected', 'https://api.example']);
    });

    it('where the base address is not that of an API', async () => {
      const { client } = clientOf({ url: new URL(sandbox.url).origin, apiKey: sandbox.apiKey });
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.deepEqual([failure.problem, failure.httpStatus], ['wrongAddress', 404]);
    });
  });
});
