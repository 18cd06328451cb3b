import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

/** The rows of the sample organization that are decorated, if us-staging is expanded. */
const SAMPLE_MARKS = [
  'azure-preview !',
  'build-7 !',
  'eu-production !',
  'gcp-analytics !',
  'lab ✕',
  'us-staging ✕',
  'github.acme.example ✕',
];

test.describe('the status of rows', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  /** The rows that are decorated, and the character at the end of each. */
  const decorated = () =>
    ona.view.locator('.monaco-list-row .monaco-decoration-itemColor').evaluateAll((labels) =>
      (labels as { querySelector(selector: string): { innerText: string } }[]).map((label) => {
        const page = globalThis as unknown as {
          getComputedStyle(element: unknown, pseudo: string): { content: string };
        };
        const { content } = page.getComputedStyle(label, '::after');
        return `${label.querySelector('.label-name').innerText} ${content.replaceAll('"', '')}`;
      }),
    );

  /** The view's icon in the activity bar, whose name says what its badge means. */
  const viewIcon = (name: string): Locator => ona.page.getByRole('tab', { name, exact: true });

  test('decorates exactly the collapsed runner that has a broken integration, until that is mended', async () => {
    const organization = largeOrganization({ runners: 200, integrations: 1000 });
    const [bad] = organization.integrations.slice(3);
    assert.ok(bad);
    delete bad.pat;
    scene.sandbox.organization = organization;
    await ona.refresh();
    const runner = ona.row('Runner runner-00003: 1 broken, 5 integrations');
    await runner.waitFor();
    await until(decorated, ['runner-00003 ✕']);
    await viewIcon('Ona SCM - 1 broken').waitFor();
    await ona.page.keyboard.press('End');

    await ona.titleAction('Show Problems Only').click();
    await ona.waitForMessage('1 of 1200 rows has a problem');
    await ona.waitForRowTexts([
      'runner-00003 1 problem · 1 of 5 integrations',
      `${bad.host} no sign-in method · Azure DevOps`,
    ]);
    await ona.titleAction('Show All').click();
    await ona.message.waitFor({ state: 'hidden' });

    bad.pat = true;
    await ona.refresh();
    await ona.row('Runner runner-00003: 5 integrations').waitFor();
    await until(decorated, []);
    await viewIcon('Ona SCM').waitFor();
  });

  test('is said first, also to a screen reader, and leads a tooltip', async () => {
    await viewIcon('Ona SCM - 2 broken, 5 need attention').waitFor();
    await ona.expand(/^Runner us-staging: needs attention, degraded, 1 broken, 3 integrations/);
    const row = ona.row('Integration github.acme.example: broken, no sign-in method, GitHub');
    await row.waitFor();
    const { text } = await ona.tooltip(row);
    assert.match(text, /^github\.acme\.example\s+Broken\s+Nobody can sign in to github\.acme\.example/);
    await until(decorated, SAMPLE_MARKS);
  });

  test('dims the integrations of an offline runner, which is one problem', async () => {
    const staging = runnerNamed(scene.sandbox.organization, 'us-staging');
    assert.ok(staging.status);
    staging.status.phase = 'RUNNER_PHASE_INACTIVE';
    await scene.refresh(ona);
    await ona.expand(/^Runner us-staging: broken, offline, 1 broken, 3 integrations/);
    await ona.row('Integration github.com: runner offline, GitHub, OAuth, not signed in').waitFor();
    await viewIcon('Ona SCM - 3 broken, 4 need attention').waitFor();
    await until(decorated, [...SAMPLE_MARKS, 'github.com none', 'tfs.acme.example none']);
  });

  test('can be all that is shown, within the filter', async () => {
    await ona.titleAction('Show Problems Only').click();
    await ona.waitForMessage('7 of 29 rows have problems');
    await ona.waitForRowTexts([
      'azure-preview duplicate host · 0 of 2 integrations',
      'build-7 can clone nothing: no integrations',
      'eu-production 1 problem · 1 of 4 integrations',
      'gitlab.acme.example:8443 token ends in 3 days · GitLab · OAuth, PAT',
      'gcp-analytics 1 problem · 1 of 3 integrations',
      'github.com token has ended · GitHub · PAT',
      'lab offline · no integrations',
      'us-staging degraded · 1 problem · 1 of 3 integrations',
      'github.acme.example no sign-in method · GitHub',
    ]);
    await ona.titleAction('Filter…').click();
    await until(() => ona.input.inputValue(), 'status:broken,attention');
    await ona.input.fill('runner:us status:broken,attention');
    await ona.quickPickRow('2 of 29 rows').waitFor();
    await ona.page.keyboard.press('Enter');
    await ona.waitForMessage('2 of 29 match "runner:us status:broken,attention"');
    await ona.titleAction('Show All').click();
    await ona.waitForMessage('3 of 16 match "runner:us"');

    await ona.runCommand('Clear Filter');
    const { organization } = scene.sandbox;
    organization.tokens = [];
    integrationAt(organization, 'us-staging', 'github.acme.example').pat = true;
    integrationAt(organization, 'azure-preview', 'dev.azure.com/acme/').host = 'dev.azure.com/other';
    for (const name of ['build-7', 'us-staging', 'lab']) {
      const { status } = runnerNamed(organization, name);
      assert.ok(status);
      status.phase = 'RUNNER_PHASE_CREATED';
    }
    await scene.refresh(ona);
    await ona.runCommand('Show Problems Only');
    await ona.waitForMessage('No known problems: 0 of 29 rows. Choose "Show All" to see them.');
    await until(() => ona.rows(), []);
    await ona.titleAction('Show All').click();
    await ona.row(/^Runner us-staging/).waitFor();
  });

  test('can be all that is shown while a filter is typed, which is kept then', async () => {
    await ona.titleAction('Filter…').click();
    await ona.input.fill('runner:us');
    await ona.waitForMessage('3 of 16 match "runner:us"');
    await ona.titleAction('Show Problems Only').click();
    await ona.waitForMessage('2 of 29 match "status:broken,attention runner:us"');
    await ona.input.waitFor({ state: 'hidden' });
  });

  test('orders the rows, also in the next window of the workspace', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.runCommand('Sort Problems First');
    const names = async () => (await ona.rows()).slice(0, 4).map((name) => name.split(':')[0]);
    const sorted = ['Runner lab', 'Runner us-staging', 'Runner azure-preview', 'Runner build-7'];
    await until(names, sorted);
    await ona.whenStored('onaScm.sortOrder');
    await ona.reload();
    await ona.row(/^Runner apac-new/).waitFor();
    await until(names, sorted);
    await ona.runCommand('Sort by Name');
    await until(names, ['Runner apac-new', 'Runner azure-preview', 'Runner build-7', 'Runner build-farm']);
    await ona.whenForgotten('onaScm.sortOrder');
  });
});
