import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CertificateKind, type Certificates, makeCertificates } from '../sandbox/certificates.ts';
import { startProxy, type TestProxy } from '../sandbox/proxy.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { OnaPage } from './onaPage.ts';
import { outputDir } from './records.ts';
import type { Scene } from './scene.ts';
import { testOn } from './test.ts';
import { until } from './until.ts';

let certificates: Certificates;

const test = testOn(async () => {
  certificates = await makeCertificates(await mkdtemp(resolve(outputDir, 'certificates-')));
  return { env: ({ apiKey }) => ({ ONA_API_KEY: apiKey, NODE_EXTRA_CA_CERTS: certificates.caFile }) };
});

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const sandbox = await startSandbox();
  await sandbox.close();
  return Number(new URL(sandbox.url).port);
}

const PRODUCTION = /^Runner eu-production: .*4 integrations/;

test.describe('the network between', () => {
  let scene: Scene;
  let ona: OnaPage;
  const closing: { close(): Promise<void> }[] = [];
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });
  test.afterEach(async () => {
    await Promise.all(closing.splice(0).map((server) => server.close()));
  });

  async function tlsSandbox(kind: CertificateKind, hosts?: string[]): Promise<Sandbox> {
    const tls = await certificates.pair(kind, hosts);
    const sandbox = await startSandbox({ tls, apiKey: scene.sandbox.apiKey });
    closing.push(sandbox);
    return sandbox;
  }

  async function proxy(options?: Parameters<typeof startProxy>[0]): Promise<TestProxy> {
    const started = await startProxy(options);
    closing.push(started);
    return started;
  }

  test('may have certificates of an own authority; any other bad one is told apart, and nothing is sent', async () => {
    const good = await tlsSandbox('valid');
    await scene.set({ 'onaScm.apiUrl': good.url });
    // Both lists, the key's identity, and then its owner's sign-ins.
    await until(() => Promise.resolve(good.requests.length), 6);
    await ona.refresh();
    good.resetRecords();
    Object.assign(good.organization.runners[0] ?? {}, { name: 'eu-renamed' });
    await ona.titleAction('Refresh').click();
    await ona.row(/^Runner eu-renamed/).waitFor();
    const methods = () => Promise.resolve(good.requests.map(({ path }) => path.split('/').at(-1)).sort());
    await until(methods, ['ListHostAuthenticationTokens', 'ListRunners', 'ListSCMIntegrations']);
    assert.equal(good.connections, 0, 'connections of the first load are used again');

    const bad = [
      ['selfSigned', /is self-signed\. Trust it on this machine/],
      ['unknownIssuer', /comes from an issuer that this machine does not trust\..*NODE_EXTRA_CA_CERTS/],
      ['expired', /has expired\. Ask the host's operator to renew it/],
      ['wrongHost', /was issued for another host\. Check onaScm\.apiUrl/],
    ] as const;
    for (const [kind, says] of bad) {
      const sandbox = await tlsSandbox(kind);
      await scene.set({ 'onaScm.apiUrl': sandbox.url });
      await ona.refresh();
      await ona.welcome
        .getByText("The API's certificate could not be verified, so nothing was sent")
        .waitFor();
      await ona.runCommand('What Is Wrong?');
      await ona.notification(says);
      await ona.clearNotifications();
      assert.deepEqual(sandbox.requests, [], kind);
    }
  });

  test('may be a proxy: a tunnel for https, none for hosts of http.noProxy', async () => {
    const tunnelled = await tlsSandbox('valid', ['ona.example']);
    const between = await proxy({ routes: { 'ona.example:443': new URL(tunnelled.url).host } });
    Object.assign(tunnelled.organization.runners[0] ?? {}, { name: 'eu-tunnelled' });
    await scene.set({ 'http.proxy': between.url, 'onaScm.apiUrl': 'https://ona.example' });
    const tunnel = () =>
      between.requests.some(({ kind, target }) => kind === 'connect' && target === 'ona.example:443');
    await until(() => Promise.resolve(tunnel()), true);
    await ona.row(/^Runner eu-tunnelled: .*4 integrations/).waitFor();

    await scene.set({ 'http.noProxy': ['ona.example'] });
    between.resetRecords();
    // Another window: it has no cached rows to show instead of the welcome view.
    const direct = await scene.newWindow();
    await direct.openView();
    // This host exists only behind the proxy.
    await direct.button('What Is Wrong?').click();
    await direct.notification('The host ona.example was not found');
    assert.deepEqual(
      between.requests.filter(({ target }) => target.startsWith('ona.example')),
      [],
    );
  });

  test('may be gone for a while: the rows stay, and nobody has to act when it is back', async () => {
    const { apiKey } = scene.sandbox;
    const port = await freePort();
    await scene.set({ 'onaScm.apiUrl': `http://127.0.0.1:${port}` });
    // At the start there is nothing to show yet.
    await ona.welcome.getByText('could not be reached or could not answer').waitFor();
    const first = await startSandbox({ apiKey, port });
    await ona.row(PRODUCTION).waitFor();
    await until(() => ona.title(), 'Ona SCM: Acme');
    await ona.whenLoaded();

    await first.close();
    await ona.titleAction('Refresh').click();
    await ona.message
      .getByText(
        /^Stale since \d\d:\d\d: .* refused the connection\. The request was sent from \S+\. Retrying automatically\.$/,
      )
      .waitFor();
    await ona.row(PRODUCTION).waitFor();
    const second = await startSandbox({ apiKey, port });
    closing.push(second);
    Object.assign(second.organization.runners[0] ?? {}, { name: 'eu-renamed' });
    await ona.row(/^Runner eu-renamed/).waitFor();
    await ona.message.waitFor({ state: 'hidden' });
    assert.deepEqual(await ona.newNotifications(), []);
  });

  test('may be a proxy that wants authentication', async () => {
    const credentials = { username: 'ada', password: 'lovelace' };
    // Not the host of another test: its rows would be shown instead of the welcome view.
    const tunnelled = await tlsSandbox('valid', ['strict.example']);
    const routes = { 'strict.example:443': new URL(tunnelled.url).host };
    const between = await proxy({ credentials, routes });
    await scene.set({ 'http.proxy': between.url, 'onaScm.apiUrl': 'https://strict.example' });
    await ona.button('What Is Wrong?').click();
    await ona.notification(/requires authentication\. Add a user name and password to http\.proxy/);
    assert.deepEqual(tunnelled.requests, []);

    await scene.set({ 'http.proxy': between.url.replace('//', '//ada:lovelace@') });
    await ona.button('Retry').click();
    await ona.row(PRODUCTION).waitFor();
  });

  test("may redirect between Ona's own two hosts, the key with it, and to no other", async () => {
    const dashboard = await tlsSandbox('valid', ['app.ona.com']);
    const api = await tlsSandbox('valid', ['app.gitpod.io']);
    const stranger = await tlsSandbox('valid', ['app.gitpod.io.example']);
    const hostOf = (sandbox: Sandbox) => new URL(sandbox.url).host;
    const between = await proxy({
      routes: {
        'app.ona.com:443': hostOf(dashboard),
        'app.gitpod.io:443': hostOf(api),
        'app.gitpod.io.example:443': hostOf(stranger),
      },
    });
    const redirect = (location: string) => {
      for (const [method, path] of [
        ['ListRunners', 'gitpod.v1.RunnerService/ListRunners'],
        ['ListSCMIntegrations', 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations'],
      ] as const) {
        const headers = { location: `${location}/api/${path}` };
        api.faults.set(method, { kind: 'http', status: 308, body: '', headers });
      }
    };
    redirect('https://app.ona.com');
    await scene.set({
      'http.proxy': between.url,
      'onaScm.apiUrl': 'https://app.ona.com',
    });
    const lists = (sandbox: Sandbox) =>
      sandbox.requests
        .filter(({ method }) => method === 'ListRunners' || method === 'ListSCMIntegrations')
        .map(({ headers }) => headers.authorization);
    await until(() => Promise.resolve(lists(dashboard).length), 2);
    await ona.row(PRODUCTION).waitFor();
    assert.deepEqual(lists(api), ['valid', 'valid']);
    assert.deepEqual(lists(dashboard), ['valid', 'valid']);

    redirect('https://app.gitpod.io.example');
    await ona.titleAction('Refresh').click();
    await ona.message
      .getByText(
        /app\.gitpod\.io redirects to https:\/\/app\.gitpod\.io\.example\. The API key was not sent there/,
      )
      .waitFor();
    assert.deepEqual(stranger.requests, []);
    assert.equal(stranger.connections, 0);
  });
});
