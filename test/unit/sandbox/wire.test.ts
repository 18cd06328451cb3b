import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { makeCertificates } from '../../sandbox/certificates.ts';
import { largeOrganization } from '../../sandbox/largeOrganization.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { startWire, type Wire } from '../../sandbox/wire.ts';

describe('wire', () => {
  let wire: Wire | undefined;

  afterEach(async () => {
    await wire?.close();
    wire = undefined;
  });

  async function wireTo(target: string, latencyMs: number): Promise<Wire> {
    wire = await startWire({ target, latencyMs });
    return wire;
  }

  describe('to a sandbox', () => {
    let sandbox: Sandbox;

    afterEach(() => sandbox.close());

    async function start(options: SandboxOptions, latencyMs = 0): Promise<Wire> {
      sandbox = await startSandbox(options);
      return wireTo(sandbox.url, latencyMs);
    }

    function listIntegrations(url: string): Promise<Response> {
      return fetch(`${url}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.apiKey}` },
        body: JSON.stringify({ pagination: { pageSize: 100 } }),
      });
    }

    it('brings the same answers, but not at once', async () => {
      const organization = largeOrganization({ runners: 1, integrations: 100 });
      const { url } = await start({ organization }, 40);
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/api$/u);
      const direct = await (await listIntegrations(sandbox.url)).text();
      const startedAt = performance.now();
      const response = await listIntegrations(url);
      assert.ok(performance.now() - startedAt >= 40);
      assert.equal(await response.text(), direct);
    });

    it('counts connections', async () => {
      const counting = await start({});
      await (await listIntegrations(counting.url)).text();
      await (await listIntegrations(counting.url)).text();
      assert.deepEqual([counting.connections, sandbox.connections], [1, 1]);
      counting.resetRecords();
      assert.equal(counting.connections, 0);
      assert.equal(sandbox.requests.length, 2);
    });

    it('passes a reset on', async () => {
      const { url } = await start({}, 2);
      sandbox.faults.set('ListSCMIntegrations', { kind: 'reset' });
      await assert.rejects(listIntegrations(url), (error: Error) => {
        assert.equal((error.cause as { code?: string }).code, 'ECONNRESET');
        return true;
      });
    });

    it('lets a TLS handshake cost a round trip', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'wire-'));
      try {
        const certificates = await makeCertificates(folder);
        const { url } = await start({ tls: await certificates.pair('valid') }, 30);
        const call = request(url, { ca: await readFile(certificates.caFile), agent: false });
        const startedAt = performance.now();
        const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
        assert.ok(performance.now() - startedAt >= 60);
        assert.equal(answer.statusCode, 404);
        answer.destroy();
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  describe('to a bare server', () => {
    let server: Server;
    const sockets = new Set<Socket>();

    afterEach(async () => {
      sockets.forEach((socket) => socket.destroy());
      sockets.clear();
      await new Promise((resolve) => server.close(resolve));
    });

    /** A client's connection through the wire. */
    async function start(serve: (socket: Socket) => void, latencyMs = 2): Promise<Socket> {
      server = createServer({ allowHalfOpen: true }, (socket) => {
        sockets.add(socket);
        serve(socket);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const { url } = await wireTo(`http://127.0.0.1:${port}/`, latencyMs);
      const client = connect({ host: '127.0.0.1', port: Number(new URL(url).port), allowHalfOpen: true });
      sockets.add(client);
      return client;
    }

    it('passes bytes in order, and half-closes after them', async () => {
      const client = await start((socket) => socket.pipe(socket));
      const sent = randomBytes(8_000_000);
      client.end(sent);
      assert.ok((await buffer(client)).equals(sent));
    });

    it('brings a reset to the server', async () => {
      const client = await start(() => undefined);
      client.write('hello');
      const [socket] = (await once(server, 'connection')) as [Socket];
      await once(socket, 'data');
      client.resetAndDestroy();
      await assert.rejects(once(socket, 'end'), { code: 'ECONNRESET' });
    });

    it('ends connections as it closes', async () => {
      const client = await start((socket) => socket.resume());
      await once(client, 'connect');
      await wire?.close();
      await once(client.resume(), 'end');
    });
  });

  it('resets a client where nobody listens', async () => {
    const { url } = await wireTo('http://127.0.0.1:1/', 2);
    const client = connect(Number(new URL(url).port), '127.0.0.1');
    await assert.rejects(once(client, 'end'), { code: 'ECONNRESET' });
  });
});
