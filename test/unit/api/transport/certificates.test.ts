import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import type { TcpSocketConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAllowedRedirect } from '../../../../src/account/apiUrl.ts';
import { errorText } from '../../../../src/words/errors.ts';
import { type Certificates, makeCertificates } from '../../../sandbox/certificates.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../testClient.ts';

/** Connects to these hosts at a local port, and accepts only certificates that name them. */
class Detour extends https.Agent {
  readonly #ports: ReadonlyMap<string, number>;

  constructor(ca: Buffer, ports: ReadonlyMap<string, number>) {
    super({ ca, keepAlive: true });
    this.#ports = ports;
  }

  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    const { host = '' } = options as TcpSocketConnectOpts;
    const port = this.#ports.get(host);
    const detour = port === undefined ? {} : { host: '127.0.0.1', port };
    return super.createConnection({ ...options, ...detour }, callback);
  }
}

describe('a call over TLS', () => {
  let folder: string;
  let certificates: Certificates;
  let ca: Buffer;
  const { globalAgent } = https;
  const sandboxes: Sandbox[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'certificates-'));
    certificates = await makeCertificates(folder);
    ca = await readFile(certificates.caFile);
  });

  beforeEach(() => {
    // In place of the system's certificates: Node.js fixes its trusted ones at startup.
    https.globalAgent = new https.Agent({ ca, keepAlive: true });
  });

  afterEach(async () => {
    https.globalAgent.destroy();
    https.globalAgent = globalAgent;
    await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close()));
  });

  after(() => rm(folder, { recursive: true }));

  async function start(...pair: Parameters<Certificates['pair']>): Promise<Sandbox> {
    const sandbox = await startSandbox({ tls: await certificates.pair(...pair) });
    sandboxes.push(sandbox);
    return sandbox;
  }

  it('succeeds where the certificate is good', async () => {
    const sandbox = await start('valid');
    const { client } = clientOf(sandbox);
    await client.getAuthenticatedIdentity(quiet);
    await client.getAuthenticatedIdentity(quiet);
    assert.deepEqual([sandbox.requests.length, sandbox.connections], [2, 1]);
  });

  for (const [kind, code, says] of [
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', /is self-signed\. Trust it on this machine/],
    [
      'unknownIssuer',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      /comes from an issuer that this machine does not trust\..*NODE_EXTRA_CA_CERTS/,
    ],
    ['expired', 'CERT_HAS_EXPIRED', /has expired\. Ask the host's operator to renew it/],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID', /was issued for another host\. Check onaScm\.apiUrl/],
  ] as const) {
    it(`fails with ${code} where it is ${kind}, says so, and asks no second time`, async () => {
      const sandbox = await start(kind);
      const { client, clock, lines } = clientOf(sandbox);
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.deepEqual(
        [failure.problem, failure.detail, failure.httpStatus],
        ['certificate', code, undefined],
      );
      assert.match(errorText(failure), says);
      assert.deepEqual([clock.waits, sandbox.requests, sandbox.connections], [[], [], 1]);
      assert.equal(lines.length, 1);
    });
  }

  describe("to one of Ona's hosts that redirects", () => {
    const GITPOD = 'app.gitpod.io';
    const ONA = 'app.ona.com';
    const CUSTOM = 'ona.acme.example';

    /** Sandboxes acting as these hosts; each redirects the list of runners to the next. */
    async function startHosts(...hosts: string[]): Promise<Sandbox[]> {
      const started = await Promise.all(hosts.map((host) => start('valid', [host])));
      const ports = hosts.map((host, i) => [host, Number(new URL(started[i]?.url ?? '').port)] as const);
      https.globalAgent = new Detour(ca, new Map(ports));
      started.slice(0, -1).forEach(({ faults }, i) => {
        const location = `https://${hosts[i + 1] ?? ''}/api/gitpod.v1.RunnerService/ListRunners`;
        faults.set('ListRunners', { kind: 'http', status: 308, body: '', headers: { location } });
      });
      return started;
    }

    function runnersAt(host: string) {
      const apiUrl = `https://${host}/api`;
      const mayRedirectTo = (target: URL) => isAllowedRedirect(apiUrl, target);
      const { client } = clientOf({ url: apiUrl, apiKey: 'sandbox-api-key' }, { mayRedirectTo });
      return itemsOf(client.listRunners(quiet));
    }

    for (const [from, to] of [
      [ONA, GITPOD],
      [GITPOD, ONA],
    ] as const) {
      it(`from ${from} to ${to} goes there with the key`, async () => {
        const [first, second] = await startHosts(from, to);
        assert.equal((await runnersAt(from)).length, second?.organization.runners.length);
        assert.equal(first?.requests.length, 1);
        assert.deepEqual(
          second?.requests.map(({ headers, body }) => [headers.authorization, body]),
          [['valid', { pagination: { pageSize: 100 } }]],
        );
      });
    }

    for (const hosts of [
      [GITPOD, CUSTOM],
      [CUSTOM, GITPOD],
      [CUSTOM, ONA],
      [GITPOD, ONA, CUSTOM],
    ]) {
      it(`from ${hosts.join(' to ')} stays before the last`, async () => {
        const started = await startHosts(...hosts);
        const failure = await failureOf(runnersAt(hosts[0] ?? ''));
        const [last, before] = hosts.toReversed();
        assert.deepEqual(
          [failure.problem, failure.redirectedTo, failure.host],
          ['redirected', `https://${last ?? ''}`, before],
        );
        assert.deepEqual(
          started.map(({ requests, connections }) => [requests.length, connections]),
          hosts.map((host) => (host === last ? [0, 0] : [1, 1])),
        );
      });
    }
  });
});
