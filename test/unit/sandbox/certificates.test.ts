import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificates, type Certificates, type KeyPair } from '../../sandbox/certificates.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';

describe('certificates', () => {
  let folder: string;
  let certificates: Certificates;
  let agent: Agent;
  let sandbox: Sandbox | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'certificates-'));
    certificates = await makeCertificates(folder);
    agent = new Agent({ ca: await readFile(certificates.caFile), keepAlive: true, maxSockets: 1 });
  });

  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });

  after(async () => {
    agent.destroy();
    await rm(folder, { recursive: true });
  });

  async function start(tls: KeyPair): Promise<Sandbox> {
    sandbox = await startSandbox({ tls });
    return sandbox;
  }

  /** The status of an answer from the host. */
  async function ask(host = '127.0.0.1'): Promise<number | undefined> {
    const url = new URL(sandbox?.url ?? '');
    url.hostname = host;
    const [answer] = (await once(request(url, { agent, method: 'POST' }).end(), 'response')) as [
      IncomingMessage,
    ];
    await once(answer.resume(), 'end');
    return answer.statusCode;
  }

  it('let a client that trusts the authority in', async () => {
    const { url, controlUrl } = await start(await certificates.pair('valid'));
    assert.match(url, /^https:\/\/127\.0\.0\.1:\d+\/api$/u);
    assert.match(controlUrl, /^https:/u);
    assert.equal(await ask(), 404);
    assert.equal(await ask('localhost'), 404);
  });

  it('stand for other hosts', async () => {
    const { cert } = await certificates.pair('valid', ['app.gitpod.io', '127.0.0.2']);
    assert.equal(new X509Certificate(cert).subjectAltName, 'DNS:app.gitpod.io, IP Address:127.0.0.2');
  });

  for (const [kind, code] of [
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['unknownIssuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const) {
    it(`fail with ${code} where ${kind}`, async () => {
      const { requests } = await start(await certificates.pair(kind));
      await assert.rejects(ask(), { code });
      assert.deepEqual(requests, []);
    });
  }

  it('leave connections countable and resettable', async () => {
    const tls = await start(await certificates.pair('valid'));
    await ask();
    await ask();
    assert.deepEqual([tls.requests.length, tls.connections], [2, 1]);
    tls.faults.set('ListRunners', { kind: 'reset' });
    const call = request(`${tls.url}/gitpod.v1.RunnerService/ListRunners`, { agent, method: 'POST' });
    await assert.rejects(once(call.end(), 'response'), { code: 'ECONNRESET' });
    assert.equal(tls.connections, 1);
  });
});
