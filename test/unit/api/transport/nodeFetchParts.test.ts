import assert from 'node:assert/strict';
import http from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { extensionHostOptions } from '../../../../bundles.ts';
import type * as connect from '../../../../src/api/transport/connect.ts';
import { RequestGate } from '../../../../src/api/transport/requestGate.ts';
import { quiet } from '../testClient.ts';

describe('node-fetch as it is bundled', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-bundled-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('sends a call without a referrer, and leaves redirects to us', async () => {
    const outfile = join(folder, 'connect.mjs');
    await esbuild.build({
      ...extensionHostOptions,
      entryPoints: ['src/api/transport/connect.ts'],
      format: 'esm',
      outfile,
    });
    const bundled = (await import(pathToFileURL(outfile).href)) as typeof connect;
    const requests: http.IncomingHttpHeaders[] = [];
    const bodies: string[] = [];
    const server = http.createServer((request, response) => {
      requests.push(request.headers);
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => {
        const isFirst = requests.length === 1;
        response.writeHead(isFirst ? 307 : 200, {
          'Content-Type': 'application/json',
          ...(isFirst
            ? { Location: '/elsewhere', 'Referrer-Policy': 'unsafe-url' }
            : { 'Content-Encoding': 'gzip' }),
        });
        response.end(isFirst ? '' : gzipSync('{"answer":"äöü"}'));
      });
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    try {
      const asked: string[] = [];
      const answer = await bundled.unaryCall(
        {
          apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
          apiKey: 'key-of-this-test',
          timeoutMs: () => 60_000,
          userAgent: 'ona-scm-tests/1.0',
          log: () => undefined,
          mayRedirectTo: ({ pathname }) => asked.push(pathname) > 0,
          gate: new RequestGate(),
          sentFrom: undefined,
        },
        { path: 'gitpod.v1.Service/Ask', noSideEffects: true },
        { question: 'ß' },
        quiet,
      );
      assert.deepEqual(answer, { answer: 'äöü' });
      assert.deepEqual(asked, ['/elsewhere']);
      assert.deepEqual(bodies, ['{"question":"ß"}', '{"question":"ß"}']);
      for (const headers of requests) {
        assert.equal(headers.referer, undefined);
        assert.equal(headers['content-type'], 'application/json');
        assert.equal(headers.authorization, 'Bearer key-of-this-test');
      }
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
