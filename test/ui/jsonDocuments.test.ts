import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';
import { whenStored } from './storedState.ts';

test.describe('JSON documents', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const editor = () => ona.page.locator('.editor-instance .monaco-editor').first();
  const line = (text: string): Locator => editor().locator('.view-line', { hasText: text }).first();

  test('open read-only, as JSON, and stay open', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration tfs\.acme\.example/), 'Open as JSON');
    await line('"virtualDirectory": "/tfs"').waitFor();
    await line('"effectiveStatus": "attention"').waitFor();
    await ona.page.locator('.part.statusbar').getByRole('button', { name: 'JSON', exact: true }).waitFor();
    await ona.contextMenu(ona.row(/^Runner us-staging/), 'Open as JSON');
    await line('"name": "us-staging"').waitFor();
    await ona.page.getByRole('tab', { name: /^tfs\.acme\.example\.json/ }).waitFor();
    await ona.page.getByRole('tab', { name: /^us-staging\.json/ }).waitFor();
    await line('"name": "us-staging"').click();
    await ona.page.keyboard.type('x');
    await ona.page.getByRole('paragraph').getByText('This document shows data from the Ona API').waitFor();
  });

  test('follow refreshes, come back after a reload, and hold nothing after a sign-out, not even in the title', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration tfs\.acme\.example/), 'Open as JSON');
    await line('"pat": true').waitFor();
    const { organization } = scene.sandbox;
    const tfs = organization.integrations.find(({ host }) => host === 'tfs.acme.example');
    assert.ok(tfs);
    tfs.virtualDirectory = '/tfs/Default';
    await ona.titleAction('Refresh').click();
    await line('"virtualDirectory": "/tfs/Default"').waitFor();

    await whenStored(ona.page, 'tfs.acme.example.json');
    await ona.workbench.reload();
    await line('"virtualDirectory": "/tfs/Default"').waitFor();

    organization.integrations = organization.integrations.filter((one) => one !== tfs);
    await ona.openView();
    await ona.titleAction('Refresh').click();
    await line('This integration no longer exists, or the API key does not have access to it.').waitFor();
    organization.integrations.push(tfs);
    await ona.whenLoaded();
    await ona.titleAction('Refresh').click();
    await line('"virtualDirectory": "/tfs/Default"').waitFor();

    await ona.runCommand('Sign Out');
    await line('Signed out. Sign in to Ona to see this document.').waitFor();
    assert.equal(
      (await editor().locator('.view-line').allInnerTexts()).join('').replaceAll('\u00a0', ' '),
      '"Signed out. Sign in to Ona to see this document."',
    );
    assert.equal(await ona.page.locator('.squiggly-error').count(), 0);
    await until(() => ona.details.tabs(), ['integration']);

    await ona.signIn(scene.sandbox.apiKey);
    await line('"virtualDirectory": "/tfs/Default"').waitFor();
    await until(() => ona.details.tabs(), ['tfs.acme.example']);
  });

  test('open at once where nothing was loaded yet, when the API has answered', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.contextMenu(ona.row(/^Runner lab/), 'Open as JSON');
    await line('"name": "lab"').waitFor();
    await whenStored(ona.page, 'lab.json');
    scene.sandbox.latencyMs = 300;
    await ona.workbench.reload();
    await line('"name": "lab"').waitFor();
  });

  test('show two rows side by side', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration github\.acme\.example/).click();
    const last = ona.row(/^Integration tfs\.acme\.example/);
    await last.click({ modifiers: ['Control'] });
    await ona.contextMenu(last, 'Compare Selected');
    await ona.page
      .locator('.monaco-diff-editor .view-line', { hasText: '"virtualDirectory": "/tfs"' })
      .waitFor();
    await until(
      async () => (await ona.details.tabs()).at(-1),
      'github.acme.example on us-staging ↔ tfs.acme.example on us-staging',
    );
  });

  test('are compared from the palette with what a person picks', async () => {
    await ona.runCommand('Compare Selected');
    await ona.page.getByPlaceholder('Select the first item to compare').waitFor();
    await ona.input.fill('lab');
    await ona.pick(/^lab/);
    await ona.page.getByPlaceholder('Select the second item to compare').waitFor();
    await ona.input.fill('build-farm');
    await ona.pick(/^build-farm/);
    await ona.page.locator('.monaco-diff-editor .view-line', { hasText: '"name": "build-farm"' }).waitFor();
    await until(() => ona.details.tabs(), ['lab ↔ build-farm']);
  });

  test('offer no comparison of one row or of three', async () => {
    const entries = async (row: Locator) => {
      await row.click({ button: 'right' });
      await ona.page.getByRole('menuitem', { name: 'Open as JSON', exact: true }).waitFor();
      const count = await ona.page.getByRole('menuitem', { name: 'Compare Selected', exact: true }).count();
      await ona.page.keyboard.press('Escape');
      return count;
    };
    const first = ona.row(/^Runner apac-new/);
    assert.equal(await entries(first), 0);
    await first.click();
    const second = ona.row(/^Runner azure-preview/);
    await second.click({ modifiers: ['Shift'] });
    assert.equal(await entries(second), 1);
    const third = ona.row(/^Runner build-farm/);
    await third.click({ modifiers: ['Shift'] });
    assert.equal(await entries(third), 0);
  });
});
