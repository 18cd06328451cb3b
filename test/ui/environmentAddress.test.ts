import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { makeCertificates } from '../sandbox/certificates.ts';
import { startProxy } from '../sandbox/proxy.ts';
import { startSandbox } from '../sandbox/server.ts';
import { outputDir } from './records.ts';
import type { Scene, SceneOptions } from './scene.ts';
import { signedOutTest as test } from './test.ts';
import { until } from './until.ts';

test.describe('an address from the environment', () => {
  /** Without those of the machine that the tests run on. */
  const noProxy = { http_proxy: '', https_proxy: '', HTTPS_PROXY: '', no_proxy: '', NO_PROXY: '' };

  /** A window whose environment has a key, and the address of a stranger that nobody has confirmed. */
  async function openStranger(openScene: (options: SceneOptions) => Promise<Scene>) {
    const scene = await openScene({
      apiUrl: false,
      env: ({ apiKey }) => ({ ONA_API_KEY: apiKey, ONA_BASE_URL: 'https://ona.stranger.invalid' }),
    });
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.welcome.getByText("an API address that is not Ona's own").waitFor();
    return { scene, ona };
  }

  test('never makes a proxy that the environment names read the key', async ({ openScene }) => {
    const certificates = await makeCertificates(await mkdtemp(resolve(outputDir, 'certificates-')));
    const tunnelled = await startSandbox({ tls: await certificates.pair('selfSigned', ['ona.example']) });
    const routes: Record<string, string> = { 'ona.example:443': new URL(tunnelled.url).host };
    const between = await startProxy({
      credentials: { username: 'ada', password: 'lovelace' },
      routes,
    });
    const targets = (port: string) =>
      between.requests.map(({ target }) => target).filter((target) => target.endsWith(`:${port}`));
    const scene = await openScene({
      apiUrl: false,
      env: ({ url, apiKey }) => {
        tunnelled.keys.set(apiKey, { principal: 'user' });
        const { port, host } = new URL(url);
        routes[`127.0.0.2:${port}`] = host;
        return {
          ...noProxy,
          ONA_API_KEY: apiKey,
          ONA_BASE_URL: `http://127.0.0.2:${port}`,
          HTTP_PROXY: between.url.replace('//', '//ada:lovelace@'),
          NODE_TLS_REJECT_UNAUTHORIZED: '0',
        };
      },
    });
    const { port } = new URL(scene.sandbox.url);
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.welcome.getByText('The configured API address is not valid, so nothing was sent').waitFor();
    await ona.button('What Is Wrong?').click();
    await ona.notification(/http is allowed only for localhost, 127\.0\.0\.1 and \[::1\]/);
    assert.deepEqual(scene.sandbox.requests, []);

    // The user's own setting counts before the environment.
    await scene.set({ 'onaScm.apiUrl': scene.sandbox.url });
    await ona.waitForSample();
    assert.deepEqual(targets(port), [], 'the proxy was not asked for this machine');

    // The proxy is in use all the same.
    Object.assign(tunnelled.organization.runners[0] ?? {}, { name: 'eu-tunnelled' });
    await scene.set({ 'onaScm.apiUrl': 'https://ona.example' });
    await ona.row(/^Runner eu-tunnelled: .*4 integrations/).waitFor();
    assert.ok(targets('443').includes('ona.example:443'));

    const log = readdirSync(scene.host.logsDir, { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('Ona SCM.log'))
      .map((name) => readFileSync(join(scene.host.logsDir, name), 'utf8'))
      .join('');
    assert.match(log, /\[warning\] NODE_TLS_REJECT_UNAUTHORIZED=0 .*\. The proxy in HTTP_PROXY, and/);
    assert.equal(log.split('NODE_TLS_REJECT_UNAUTHORIZED').length, 2, 'once');
    assert.ok(!log.includes('lovelace'));
    await between.close();
    await tunnelled.close();
  });

  test('gets no key from the environment unless a person has confirmed it', async ({ openScene }) => {
    const { ona } = await openStranger(openScene);
    await ona.button('Review Address…').click();
    await ona.modal.getByText('Send the API key from ONA_API_KEY to ona.stranger.invalid?').waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.modal.waitFor({ state: 'detached' });
    // Nor through another sign-in command.
    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Use ONA_API_KEY from the Environment/);
    await ona.modal.getByText('Send the API key from ONA_API_KEY to ona.stranger.invalid?').waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.modal.waitFor({ state: 'detached' });
    await ona.button('Review Address…').click();
    await ona.modal.getByRole('button', { name: 'Use This Address' }).click();
    // Only now is the host looked up, and not found.
    await ona.welcome.getByText('The API could not be reached').waitFor();
    await ona.whenStored('onaScm.confirmedAddresses');
    await ona.reload();
    await ona.welcome.getByText('The API could not be reached').waitFor();
  });

  test('gets no typed key, and no page of it is opened, unless a person has confirmed it', async ({
    openScene,
  }) => {
    const host = 'app.gitpod.io.eu-central-1.production.stranger.invalid';
    const scene = await openScene({ apiUrl: false, env: () => ({ ONA_BASE_URL: `https://${host}` }) });
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.page.setViewportSize({ width: 500, height: 800 });
    await ona.button('Sign In').click();
    const question = ona.modal.getByText(`Sign in to ${host}?`);
    for (const way of ['Enter an API Key', 'Create an API Key in the Browser']) {
      const item = new RegExp(
        `^${way}, for \\[…\\].production.stranger.invalid \\(address from ONA_BASE_URL\\)`.replaceAll(
          '.',
          '\\.',
        ),
      );
      await ona.pick(item);
      await question.waitFor();
      await ona.modal.getByText(`ONA_BASE_URL is set to https://${host}/api.`).waitFor();
      await ona.page.keyboard.press('Escape');
      await ona.modal.waitFor({ state: 'detached' });
      // Back at the choice.
      await ona.quickPickRow(item).waitFor();
    }
    assert.ok(await isInSight(ona.page, '.invalid (address'));
    await ona.pick(/^Enter an API Key/);
    await ona.modal.getByRole('button', { name: 'Use This Address' }).click();
    await ona.inputMessage().getByText(`API key for ${host} (address from ONA_BASE_URL).`).waitFor();
    await ona.enterKey('typed-key');
    // Only now is the host looked up.
    await ona.inputMessage().getByText(`The host ${host} was not found`).waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.whenStored('onaScm.confirmedAddresses');
    await ona.askForKey();
    await ona.keyBox.waitFor();
  });

  test('is asked about although the setting changes while somebody chooses how to sign in', async ({
    openScene,
  }) => {
    const scene = await openScene({
      apiUrl: false,
      env: () => ({ ONA_BASE_URL: 'https://ona.stranger.invalid' }),
    });
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.button('Sign In').click();
    const item = /^Enter an API Key, for ona\.stranger\.invalid/;
    await ona.quickPickRow(item).waitFor();
    await scene.set({ 'onaScm.apiUrl': scene.sandbox.url });
    await ona.pick(item);
    // Either it asks about the address that it showed, or it goes on with the new one.
    const asked = ona.modal.getByText('Sign in to ona.stranger.invalid?');
    const goesOn = ona.inputMessage().getByText(`API key for ${new URL(scene.sandbox.url).host}`);
    await asked.or(goesOn).waitFor();
  });

  test('is the one that the environment’s key is for, and it is asked about before anything changes', async ({
    openScene,
  }) => {
    const { scene, ona } = await openStranger(openScene);
    // A typed key needs no question for an address that was typed too.
    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Add an API Key…/);
    await ona.pick(/^Enter an API Key, for ona\.stranger\.invalid \(address from ONA_BASE_URL\)/);
    await ona.modal.getByText('Sign in to ona.stranger.invalid?').waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.modal.waitFor({ state: 'detached' });
    await ona.pick(/^Use Another Ona Host…/);
    await ona.input.fill(scene.sandbox.url);
    await ona.page.keyboard.press('Enter');
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
    await ona.runCommand('Switch Organization…');
    await ona.pick(
      /^Use ONA_API_KEY from the Environment, for ona\.stranger\.invalid \(address from ONA_BASE_URL\)/,
    );
    await ona.modal.getByText('Send the API key from ONA_API_KEY to ona.stranger.invalid?').waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.modal.waitFor({ state: 'detached' });
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
  });
});

/** Whether a part of the second line of the first row of a quick pick is not cut off. */
function isInSight(page: Page, part: string): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const part = ${JSON.stringify(part)};
    const line = document.querySelector('.quick-input-list-label-meta');
    const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (!nodes.nextNode().data.includes(part)) {}
    const range = document.createRange();
    const start = nodes.currentNode.data.indexOf(part);
    range.setStart(nodes.currentNode, start);
    range.setEnd(nodes.currentNode, start + part.length);
    return range.getBoundingClientRect().right < line.getBoundingClientRect().right;
  })()`);
}
