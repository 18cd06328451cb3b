import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { signedOutTest as test } from './test.ts';
import { keptFiles } from './keptFiles.ts';
import { until } from './until.ts';

test.describe('key and address from the environment', () => {
  test('sign in by themselves; signing out declines the key until somebody accepts it', async ({
    openScene,
  }) => {
    const scene = await openScene({
      apiUrl: false,
      env: ({ url, apiKey }) => ({ ONA_API_KEY: ' ', GITPOD_API_KEY: apiKey, ONA_BASE_URL: url }),
    });
    const ona = await scene.newWindow();
    await ona.openSample();
    await ona.runCommand('Sign Out');
    await ona.button('Sign In').waitFor();
    await ona.whenStored('onaScm.environmentKeyDeclined');
    await ona.reload();
    await ona.button('Sign In').click();
    await ona.pick(/^Use GITPOD_API_KEY from the Environment/);
    await ona.waitForSample();
    await ona.whenForgotten('onaScm.environmentKeyDeclined');
    await ona.whenStored('"organizationName":"Acme"');
    await until(async () => (await keptFiles(scene)).map((file) => file.endsWith('.rows')), [true]);
    scene.sandbox.faults.set('ListRunners', { kind: 'hang' });
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await ona.reload();
    await ona.message.getByText(/^As of/).waitFor();
    await ona.waitForSample();
  });

  test('leave a stored key of the same organization, when one signs out of them', async ({ openScene }) => {
    const scene = await openScene({ env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }) });
    const ona = await scene.newWindow();
    await ona.openSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Add an API Key…/);
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.statusBar('Signed in to Acme').waitFor();
    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Use ONA_API_KEY from the Environment/);
    await ona.runCommand('Sign Out');
    await ona.button('Sign In').click();
    await ona.pick(/^Acme · Jane Doe/);
    await ona.waitForSample();
  });

  test('that cannot be sent are reported with the character and its position, but without the key', async ({
    openScene,
  }) => {
    const scene = await openScene({
      env: ({ apiKey }) => ({ ONA_API_KEY: `\u200babcdefghijk\u200b${apiKey}` }),
    });
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.welcome
      .getByText('The API key in the environment variable ONA_API_KEY cannot be used')
      .waitFor();
    await ona.button('What Is Wrong?').click();
    const reason = 'Character 12 of the API key is U+200B (zero-width space).';
    await ona.notification(`The API key in ONA_API_KEY cannot be used. ${reason}`);
    await ona.notifications.getByRole('button', { name: 'Sign In' }).first().click();
    await ona.quickPickRow(/^Use ONA_API_KEY from the Environment.*cannot be used/).waitFor();
    await ona.page.locator('.quick-input-list').getByText(reason).waitFor();
    await ona.pick(/^Use ONA_API_KEY from the Environment/);
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
    await ona.runCommand('Show Log');
    const log = ona.page.locator('.part.panel');
    await log.getByText('The API key in ONA_API_KEY cannot be sent').first().waitFor();
  });

  test('yield to the settings, and a bad address is explained', async ({ openScene }) => {
    const scene = await openScene({
      settings: { 'onaScm.apiUrl': 'http://ona.example.com' },
      apiUrl: false,
      env: ({ url, apiKey }) => ({ ONA_API_KEY: apiKey, ONA_BASE_URL: url }),
    });
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.welcome.getByText('The configured API address is not valid').waitFor();
    await ona.button('What Is Wrong?').click();
    await ona.notification('http would send the API key unencrypted');
    assert.deepEqual(scene.sandbox.requests, []);
    await scene.set({ 'onaScm.apiUrl': scene.sandbox.url });
    await ona.waitForSample();
  });
});

test.describe('a hostile workspace', () => {
  let stranger: Sandbox;
  let folder: string;
  test.beforeAll(async () => {
    stranger = await startSandbox();
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-hostile-'));
    await mkdir(join(folder, '.vscode'));
    const settings = { 'onaScm.apiUrl': stranger.url, 'onaScm.requestTimeout': 5 };
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const workspace = { folders: [{ path: '.' }], settings };
    await writeFile(join(folder, 'hostile.code-workspace'), JSON.stringify(workspace));
  });
  test.afterAll(async () => {
    await stranger.close();
    await rm(folder, { recursive: true });
  });

  for (const where of ['folder', 'workspace'] as const) {
    test(`cannot set the address by the settings of its ${where}, whether trusted or not`, async ({
      scene,
    }) => {
      const ona = await scene.newWindow(
        where === 'folder' ? { folder } : { workspace: join(folder, 'hostile.code-workspace') },
      );
      await ona.openView();
      await ona.askForKey();
      await ona
        .inputMessage()
        .getByText(`API key for ${new URL(scene.sandbox.url).host}`)
        .waitFor();
      await ona.enterKey(scene.sandbox.apiKey);
      await ona.waitForSample();
      await ona.whenStored('"organizationName":"Acme"');
      await ona.reload();
      await ona.waitForSample();
      assert.deepEqual(stranger.requests, []);
    });
  }
});
