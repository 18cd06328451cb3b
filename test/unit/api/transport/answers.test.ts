import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Fault } from '../../../sandbox/fault.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

const LARGEST = 32 * 1024 * 1024;

describe('an answer', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  /** The error of an identity call with this answer; asserts that nothing was retried. */
  async function failureFor(fault: Fault) {
    sandbox.faults.set('GetAuthenticatedIdentity', fault);
    const { client, clock, lines } = clientOf(sandbox);
    const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
    assert.deepEqual([sandbox.requests.length, clock.waits], [1, []]);
    assert.equal(lines.length, 1);
    return failure;
  }

  describe('of a proxy that wants a name and a password', () => {
    for (const body of ['', '<h1>Who are you?</h1>', '{"error":"proxy"}']) {
      it(`says so: ${body || '(nothing)'}`, async () => {
        const headers = { 'proxy-authenticate': 'Basic realm="acme"' };
        const failure = await failureFor({ kind: 'http', status: 407, body, headers });
        assert.deepEqual(
          [failure.problem, failure.code, failure.httpStatus],
          ['proxyAuthentication', 'unknown', 407],
        );
      });
    }
  });

  describe('of something else than an API is a wrong address', () => {
    for (const [name, contentType] of [
      ['HTML', 'text/html; charset=utf-8'],
      ['plain text', 'text/plain'],
      ['JSON that says it is a page', 'text/html'],
      ['a page that says it is JSON', 'application/json'],
    ] as const) {
      it(`where it is 200 and ${name}`, async () => {
        const body = name.startsWith('JSON') ? '["planted"]' : '<title>planted</title>';
        const failure = await failureFor({ kind: 'http', status: 200, body, contentType });
        assert.deepEqual([failure.problem, failure.httpStatus], ['wrongAddress', 200]);
        assert.ok(!failure.message.includes('planted'));
      });
    }
  });

  describe("of somebody else's JSON is no empty list:", () => {
    for (const body of ['{"error":"login required"}', '{"status":"ok","data":[]}', '{"Runners":[]}']) {
      it(body, async () => {
        sandbox.faults.set('ListRunners', { kind: 'raw', body });
        const failure = await failureOf(itemsOf(clientOf(sandbox).client.listRunners(quiet)));
        assert.deepEqual([failure.problem, failure.code], ['unexpectedAnswer', 'data_loss']);
        assert.equal(failure.detail, 'the response is not as expected');
        const known = clientOf(sandbox, { isKnownApi: true }).client;
        const between = await failureOf(itemsOf(known.listRunners(quiet)));
        assert.deepEqual([between.problem, between.httpStatus], ['intermediary', 200]);
      });
    }
  });

  describe('of 32 MB', () => {
    it('is read', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'large', bytes: LARGEST });
      const { organizationId } = await clientOf(sandbox).client.getAuthenticatedIdentity(quiet);
      assert.equal(organizationId, '');
    });

    it('and a byte is not', async () => {
      const failure = await failureFor({ kind: 'large', bytes: LARGEST + 1 });
      assert.deepEqual([failure.problem, failure.code], ['answerTooLarge', 'resource_exhausted']);
    });

    it('and much more is given up early', async () => {
      assert.equal((await failureFor({ kind: 'large', bytes: 8 * LARGEST })).problem, 'answerTooLarge');
      // Once this is answered, pending data has been written.
      await itemsOf(clientOf(sandbox).client.listRunners(quiet));
      assert.ok(sandbox.largeBytesWritten >= LARGEST);
      assert.ok(sandbox.largeBytesWritten < 2 * LARGEST, `${sandbox.largeBytesWritten} bytes`);
    });

    it('and a byte is not, however small it comes', async () => {
      const body = gzipSync(Buffer.alloc(LARGEST + 1, ' '), { level: 1 });
      assert.equal((await failureAt('gzip', (response) => response.end(body))).problem, 'answerTooLarge');
    });
  });

  for (const [name, encoding, compress] of [
    ['gzip', 'gzip', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['deflate without its header', 'deflate', deflateRawSync],
    ['brotli', 'br', brotliCompressSync],
  ] as const) {
    it(`that breaks off says so, though it is packed: ${name}`, async () => {
      const body = compress(randomBytes(1000).toString('hex'));
      const failure = await failureAt(encoding, (response) => {
        response.write(body.subarray(0, 500), () => response.destroy());
      });
      assert.equal(failure.problem, 'connectionLost');
    });
  }

  /** The error of a call to a server with this answer. */
  async function failureAt(encoding: string, answer: (response: ServerResponse) => void) {
    const server = createServer((request, response) => {
      request.resume();
      answer(response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
      return await failureOf(
        clientOf({ url, apiKey: 'sandbox-api-key' }).client.getAuthenticatedIdentity(quiet),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
});
