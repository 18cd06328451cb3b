import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeCertificates, type KeyPair } from '../../sandbox/certificates.ts';
import type { SandboxMethod } from '../../sandbox/methods.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { urlOf } from './calls.ts';

describe('sandbox connections', () => {
  let tls: KeyPair;
  let sandbox: Sandbox;
  let agent: http.Agent;

  before(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'connections-'));
    tls = await (await makeCertificates(folder)).pair('valid');
    await rm(folder, { recursive: true });
  });

  afterEach(async () => {
    agent.destroy();
    await sandbox.close();
  });

  /** The connection of an answered call; a free one is reused. */
  async function call(method: SandboxMethod): Promise<Socket> {
    const { request } = sandbox.url.startsWith('https:') ? https : http;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${sandbox.apiKey}` };
    const outgoing = request(urlOf(sandbox, method), { agent, method: 'POST', headers }).end('{}');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { socket } = answer;
    await once(answer.resume(), 'close');
    return socket;
  }

  for (const scheme of ['http', 'https'] as const) {
    describe(`over ${scheme}`, () => {
      beforeEach(async () => {
        sandbox = await startSandbox(scheme === 'https' ? { tls } : {});
        agent =
          scheme === 'https'
            ? new https.Agent({ keepAlive: true, rejectUnauthorized: false })
            : new http.Agent({ keepAlive: true });
      });

      it('are told apart', async () => {
        const { localPort } = await call('ListRunners');
        await call('GetAuthenticatedUser');
        agent.destroy();
        const { localPort: another } = await call('ListRunners');
        assert.notEqual(another, localPort);
        assert.deepEqual(
          sandbox.requests.map(({ remotePort }) => remotePort),
          [localPort, localPort, another],
        );
        assert.equal(sandbox.connections, 2);
      });

      it('are dropped when idle', async () => {
        const closed = once(await call('ListRunners'), 'close');
        sandbox.dropIdleConnections();
        await assert.rejects(closed, { code: 'ECONNRESET' });
        await call('ListRunners');
        assert.equal(sandbox.connections, 2);
      });

      it('are kept while a call waits', async () => {
        sandbox.latencyMs = 20;
        const waiting = call('ListRunners');
        while (sandbox.requests.length === 0) {
          await setImmediate();
        }
        sandbox.dropIdleConnections();
        await waiting;
        await call('ListRunners');
        assert.equal(sandbox.connections, 1);
      });

      it('can be reset on their second request', async () => {
        sandbox.faults.set('ListRunners', { kind: 'resetReused', times: 1 });
        await call('ListRunners');
        assert.equal(sandbox.faults.size, 1);
        await assert.rejects(call('ListRunners'), { code: 'ECONNRESET' });
        assert.equal(sandbox.faults.size, 0);
        await call('ListRunners');
        assert.equal(sandbox.connections, 2);
      });
    });
  }
});
