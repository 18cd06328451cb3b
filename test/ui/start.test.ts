import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from '@playwright/test';
import { startSandbox } from '../sandbox/server.ts';
import { startInBrowser } from '../start/startInBrowser.ts';
import { openWorkbench } from '../vscode/workbench.ts';
import { OnaPage } from './onaPage.ts';
import { VSIX } from '../packageExtension.ts';
import { actionTimeout, slowdown } from './speed.ts';
import { until } from './until.ts';

test.describe('npm start', () => {
  test('ends with the product on screen, in an empty folder', async () => {
    const stops: (() => Promise<unknown>)[] = [];
    try {
      const sandbox = await startSandbox();
      stops.push(() => sandbox.close());
      const started = await startInBrowser(VSIX, { apiUrl: sandbox.url, apiKey: sandbox.apiKey });
      stops.push(() => started.stop());
      const workbench = await openWorkbench(started.host, {
        ...started.window,
        patience: actionTimeout,
        ...(slowdown > 1 && { slowdown }),
      });
      stops.push(() => workbench.close());
      const ona = new OnaPage(workbench);
      const { page } = ona;

      await ona.details.waitFor('github.com');
      await ona.details.frame.getByText('GitHub on eu-production').waitFor();
      const shown = 'Integration github.com: GitHub, OAuth, personal access token';
      await ona.focusedRow(shown).waitFor();
      await ona
        .row(/^Runner eu-production: .*4 integrations/)
        .and(page.locator('[aria-expanded=true]'))
        .waitFor();
      await ona.waitForSample();
      await until(() => ona.title(), 'Ona SCM: Acme');

      assert.deepEqual(await ona.details.tabs(), ['github.com']);
      assert.deepEqual(await ona.newNotifications(), []);
      const toasts = page.locator('.notification-toast:visible', { hasNotText: 'Activating Extensions...' });
      assert.deepEqual(await toasts.allInnerTexts(), []);
      assert.equal(await page.locator('.part.auxiliarybar').isVisible(), false);
      assert.equal(await page.locator('.part.panel').isVisible(), false);
      assert.equal(await ona.modal.isVisible(), false);

      await page.getByRole('tab', { name: /^Explorer/ }).click();
      await ona.view.getByRole('button', { name: 'Explorer Section: sample-service' }).waitFor();
      assert.deepEqual(await readdir(started.window.folder), ['.git']);
      assert.equal(await ona.view.locator('.explorer-folders-view').getByRole('treeitem').count(), 0);
    } finally {
      for (const stop of stops.reverse()) {
        await stop();
      }
    }
  });
});
