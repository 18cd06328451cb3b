import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { LeftOut } from '../../../src/api/leftOut.ts';
import { readBody } from '../../sandbox/readBody.ts';
import { clientOf, failureOf, itemsOf, quiet } from './testClient.ts';

const JANE = '0198a1d2-0000-7000-8000-0000000000a1';

const BARE: HostAuthenticationToken = {
  id: '',
  runnerId: '',
  host: '',
  source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_UNSPECIFIED',
  integrationId: '',
  scopes: [],
  subject: { id: '', principal: 'PRINCIPAL_UNSPECIFIED' },
};

describe('the sign-ins to hosts', () => {
  let server: Server;
  /** What the API answers, one after another. */
  let bodies: string[];
  let requests: { path: string | undefined; body: unknown }[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      void readBody(request).then((body) => {
        requests.push({ path: request.url, body: JSON.parse(body.toString()) as unknown });
        response.setHeader('Content-Type', 'application/json').end(bodies.shift());
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  function answering(...answers: readonly string[]) {
    bodies = [...answers];
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const { client, lines } = clientOf({ url, apiKey: 'key-of-jane' });
    return { pages: client.listHostAuthenticationTokens(JANE, quiet), lines };
  }

  const tokensIn = (json: string) => itemsOf(answering(`{"tokens":[${json}]}`).pages);

  it('are asked for by the id of their owner, page by page', async () => {
    const { pages } = answering(
      '{"tokens":[{"id":"1"}],"pagination":{"nextToken":"t"}}',
      '{"tokens":[{"id":"2"}]}',
    );
    assert.deepEqual(
      (await itemsOf(pages)).map(({ id }) => id),
      ['1', '2'],
    );
    const path = '/api/gitpod.v1.RunnerConfigurationService/ListHostAuthenticationTokens';
    const filter = { subjectId: JANE };
    assert.deepEqual(requests, [
      { path, body: { pagination: { pageSize: 100 }, filter } },
      { path, body: { pagination: { pageSize: 100, token: 't' }, filter } },
    ]);
  });

  it('may be none', async () => {
    for (const body of ['{}', '{"pagination":{}}', '{"tokens":null,"pagination":null}']) {
      assert.deepEqual(await itemsOf(answering(body).pages), []);
    }
  });

  it('have every field that the API sends', async () => {
    const sent = {
      id: 't1',
      runnerId: 'r1',
      host: 'gitlab.acme.example:8443',
      source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT',
      expiresAt: '2026-12-01T09:30:00.123456789Z',
      integrationId: 'i1',
      scopes: ['api', 'read_user'],
      subject: { id: JANE, principal: 'PRINCIPAL_USER' },
    };
    assert.deepEqual(await tokensIn(JSON.stringify({ ...sent, userId: JANE, token: 'unknown' })), [sent]);
  });

  it('have defaults for fields that the API omits', async () => {
    for (const json of [
      '{}',
      '{"id":null,"runnerId":null,"host":null,"source":null,"expiresAt":null,"integrationId":null,"scopes":null,"subject":null}',
      '{"source":0,"expiresAt":"","scopes":[],"subject":{}}',
    ]) {
      assert.deepEqual(await tokensIn(json), [BARE]);
    }
  });

  it('keep a method that is not known yet', async () => {
    const tokens = await tokensIn('{"source":"HOST_AUTHENTICATION_TOKEN_SOURCE_SSH"},{"source":7}');
    assert.deepEqual(
      tokens.map(({ source }) => source),
      ['HOST_AUTHENTICATION_TOKEN_SOURCE_SSH', '7'],
    );
  });

  it('are frozen', async () => {
    const [token] = await tokensIn('{"scopes":["api"],"subject":{"id":"x"}}');
    for (const value of [token, token?.scopes, token?.subject]) {
      assert.ok(Object.isFrozen(value), inspect(value));
    }
  });

  it('are read without a field of the wrong type, or left out if it tells what they are for', async () => {
    const { pages, lines } = answering(
      '{"tokens":[{"id":"1","scopes":["api",7],"expiresAt":{}},{"id":"2","host":["planted"]},{"id":"3","runnerId":4}]}',
    );
    const tokens: HostAuthenticationToken[] = [];
    const leftOut: LeftOut[] = [];
    for await (const page of pages) {
      tokens.push(...page.items);
      leftOut.push(...page.leftOut);
    }
    assert.deepEqual(tokens, [{ ...BARE, id: '1', scopes: ['api'], unread: ['expiresAt', 'scopes'] }]);
    assert.deepEqual(
      leftOut.map(({ fault }) => fault),
      ['host is not string', 'runnerId is not string'],
    );
    assert.ok(!lines.join().includes('planted'));
  });

  it('cannot be read from something that is not their list', async () => {
    const failure = await failureOf(itemsOf(answering('{"error":"login required"}').pages));
    assert.deepEqual([failure.problem, failure.method], ['unexpectedAnswer', 'ListHostAuthenticationTokens']);
  });
});
