import assert from 'node:assert/strict';
import { runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';

test.describe('actions of the details panel', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  async function show(runner: RegExp, host: string): Promise<void> {
    await ona.expand(runner);
    await ona.showDetails(new RegExp(`^Integration ${host}`), host);
  }

  test('of a runner copy its ID', async () => {
    await ona.contextMenu(ona.row(/^Runner eu-production/), 'Show Details');
    await ona.details.waitFor('eu-production');
    await ona.details.frame.locator('.actions').getByRole('button', { name: 'Copy Runner ID' }).click();
    await ona.details.frame.getByRole('status').getByText('Copied').waitFor();
    const runner = runnerNamed(scene.sandbox.organization, 'eu-production');
    assert.equal(await ona.clipboard(), runner.runnerId);
  });

  test('act on what the panel shows, whatever is selected in the tree, and say so', async () => {
    await show(/^Runner us-staging/, 'tfs.acme.example');
    await ona.row(/^Runner us-staging/).click();
    // All confirmations disappear in time.
    await Promise.all([
      ona.details.frame.locator('.actions .icon-check').waitFor(),
      ona.details.frame.getByRole('status').getByText('Copied').waitFor(),
      ona.statusBar('Copied the integration ID').waitFor(),
      ona.details.button('Copy ID').click(),
    ]);
    const { integrations } = scene.sandbox.organization;
    const tfs = integrations.find(({ host }) => host === 'tfs.acme.example');
    assert.equal(await ona.clipboard(), tfs?.id);

    assert.ok(tfs);
    tfs.virtualDirectory = '/collection';
    await ona.details.button('Refresh').click();
    await ona.details.frame.getByText('/collection').waitFor();

    await ona.details.button('Keep Open').click();
    await ona.details.button('Keep Open').waitFor({ state: 'detached' });
  });

  test('copy what leads on, and say so to a screen reader', async () => {
    await show(/^Runner us-staging/, 'tfs.acme.example');
    const { integrations } = scene.sandbox.organization;
    const { id = '', runnerId = '' } = integrations.find(({ host }) => host === 'tfs.acme.example') ?? {};
    const announcement = ona.details.frame.getByRole('status');
    for (const [action, confirmation, parts] of [
      ['Copy as curl', /Copied the curl request/, ['ListSCMIntegrations', runnerId]],
      ['Copy as Terraform Import Block', /Copied the Terraform import block/, ['import {', id]],
      ['Copy Diagnosis', /Copied the diagnosis/, ['### `tfs.acme.example` on `us-staging`', id, runnerId]],
    ] as const) {
      await ona.details.button(action).click();
      await ona.statusBar(confirmation).waitFor();
      await announcement.getByText('Copied').waitFor();
      const text = await ona.clipboard();
      assert.ok(
        parts.every((part) => text.includes(part)),
        text,
      );
    }
  });

  test('confirm a copied link only if one was chosen', async () => {
    await show(/^Runner us-staging/, 'tfs.acme.example');
    const announcement = ona.details.frame.getByRole('status');
    await ona.details.button('Copy Link').click();
    await ona.quickPickRow(/^Text/).waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.quickPickRow(/^Text/).waitFor({ state: 'detached' });
    assert.equal(await announcement.innerText(), '');
    await ona.details.button('Copy Link').click();
    await ona.pick(/^Text/);
    await announcement.getByText('Copied').waitFor();
    assert.match(await ona.clipboard(), /^tfs\.acme\.example on us-staging \(integration ID /);
  });

  test('open the integration as JSON beside the details', async () => {
    await show(/^Runner us-staging/, 'tfs.acme.example');
    await ona.details.button('Open as JSON').click();
    await ona.page.getByRole('tab', { name: /^tfs\.acme\.example\.json/ }).waitFor();
    assert.equal((await ona.details.tabs())[0], 'tfs.acme.example');
  });

  test('are those that still work once the thing is gone', async () => {
    await show(/^Runner us-staging/, 'tfs.acme.example');
    const { organization } = scene.sandbox;
    const id = organization.integrations.find(({ host }) => host === 'tfs.acme.example')?.id;
    organization.integrations = organization.integrations.filter(({ host }) => host !== 'tfs.acme.example');
    await ona.details.button('Refresh').click();
    await ona.details.notice.getByText('no longer exists').waitFor();
    assert.deepEqual(await ona.details.actions(), [
      'Copy ID',
      'Open Host',
      'Keep Open',
      'Refresh',
      'Runner Settings',
      'Documentation',
    ]);
    await ona.details.button('Copy ID').click();
    await ona.details.frame.locator('.actions .icon-check').waitFor();
    assert.equal(await ona.clipboard(), id);
  });
});
