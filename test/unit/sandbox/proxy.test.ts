import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { makeCertificates } from '../../sandbox/certificates.ts';
import { startProxy, type ProxyOptions, type TestProxy } from '../../sandbox/proxy.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';

const credentials = { username: 'jane', password: 'p:w' };
const authorization = { 'proxy-authorization': `Basic ${Buffer.from('jane:p:w').toString('base64')}` };

describe('proxy', () => {
  let proxy: TestProxy;
  let sandbox: Sandbox;

  afterEach(async () => {
    await sandbox.close();
    await proxy.close();
  });

  async function start(options: ProxyOptions = {}): Promise<string> {
    sandbox = await startSandbox();
    proxy = await startProxy(options);
    return new URL(sandbox.url).host;
  }

  /** Requests a plain HTTP URL from the proxy. */
  async function ask(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const { host } = new URL(url);
    const call = http.request(proxy.url, { path: url, headers: { host, ...headers }, agent: false });
    const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
    answer.resume();
    return answer;
  }

  /** Requests a tunnel from the proxy. */
  async function tunnel(
    target: string,
    headers: Record<string, string> = {},
  ): Promise<[IncomingMessage, Socket]> {
    const call = http.request(proxy.url, { method: 'CONNECT', path: target, headers, agent: false });
    return (await once(call.end(), 'connect')) as [IncomingMessage, Socket];
  }

  it('passes plain requests on', async () => {
    const host = await start();
    const answer = await ask(`http://${host}/elsewhere?x=1`);
    assert.equal(answer.statusCode, 404);
    assert.deepEqual(proxy.requests, [{ kind: 'plain', target: host, authorized: true }]);
    assert.deepEqual(
      sandbox.requests.map((request) => request.path),
      ['/elsewhere'],
    );
  });

  it('makes tunnels', async () => {
    const host = await start();
    const [{ statusCode }, socket] = await tunnel(host);
    assert.equal(statusCode, 200);
    const call = http.request(sandbox.url, { createConnection: () => socket });
    const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
    assert.equal(answer.statusCode, 404);
    assert.deepEqual(proxy.requests, [{ kind: 'connect', target: host, authorized: true }]);
    assert.equal(sandbox.requests.length, 1);
    proxy.resetRecords();
    assert.deepEqual(proxy.requests, []);
  });

  it('asks for credentials', async () => {
    const host = await start({ credentials });
    const answers = [
      await ask(`http://${host}/`),
      (await tunnel(host))[0],
      (await tunnel(host, { 'proxy-authorization': `Basic ${Buffer.from('jane:x').toString('base64')}` }))[0],
    ];
    for (const answer of answers) {
      assert.equal(answer.statusCode, 407);
      assert.equal(answer.headers['proxy-authenticate'], 'Basic realm="sandbox"');
    }
    assert.equal(sandbox.connections, 0);
    assert.equal((await ask(`http://${host}/`, authorization)).statusCode, 404);
    const [{ statusCode }, socket] = await tunnel(host, authorization);
    assert.equal(statusCode, 200);
    socket.destroy();
    assert.deepEqual(
      proxy.requests.map(({ kind, authorized }) => [kind, authorized]),
      [
        ['plain', false],
        ['connect', false],
        ['connect', false],
        ['plain', true],
        ['connect', true],
      ],
    );
  });

  it('routes plain requests elsewhere', async () => {
    const routes: Record<string, string> = {};
    routes['api.example:80'] = await start({ routes });
    assert.equal((await ask('http://api.example/elsewhere?x=1')).statusCode, 404);
    assert.deepEqual(proxy.requests, [{ kind: 'plain', target: 'api.example:80', authorized: true }]);
    assert.equal(sandbox.requests[0]?.path, '/elsewhere');
  });

  it('routes a tunnel to a sandbox with the certificate of the host', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'proxy-'));
    try {
      const certificates = await makeCertificates(folder);
      sandbox = await startSandbox({ tls: await certificates.pair('valid', ['app.gitpod.io']) });
      proxy = await startProxy({ routes: { 'app.gitpod.io:443': new URL(sandbox.url).host } });
      const [, socket] = await tunnel('app.gitpod.io:443');
      const ca = await readFile(certificates.caFile);
      const call = https.request('https://app.gitpod.io/api', {
        createConnection: () => connectTls({ socket, ca, servername: 'app.gitpod.io' }),
      });
      const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
      assert.equal(answer.statusCode, 404);
      assert.deepEqual(proxy.requests, [{ kind: 'connect', target: 'app.gitpod.io:443', authorized: true }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
