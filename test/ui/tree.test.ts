import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('the tree', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  test('shows every runner by name, then local and unknown ones, as sentences for a screen reader', async () => {
    assert.deepEqual(await ona.rows(), [
      'Runner apac-new: not set up yet, no integrations',
      'Runner azure-preview: needs attention, duplicate host, 2 integrations',
      'Runner build-7: needs attention, can clone nothing: no integrations',
      'Runner build-farm: deleted, no integrations',
      'Runner eu-production: 1 needs attention, 4 integrations',
      'Runner frankfurt-old: being deleted, 1 integration',
      'Runner gcp-analytics: 1 needs attention, 3 integrations',
      'Runner jane-macbook: uses the shared local configuration',
      'Runner lab: broken, offline, no integrations',
      'Runner Ona Cloud (eu): 1 integration, managed by Ona',
      'Runner us-staging: needs attention, degraded, 1 broken, 3 integrations',
      'Runner Local runners: shared, 1 integration',
      'Runner Unknown runner 3f2a6c1e: 1 integration',
    ]);
    await until(() => ona.title(), 'Ona SCM: Acme');
    assert.equal(await ona.message.isVisible(), false);
  });

  test('says more in a tooltip: why a runner is degraded, and its id', async () => {
    const { text } = await ona.tooltip(ona.row(/^Runner us-staging/));
    const staging = runnerNamed(scene.sandbox.organization, 'us-staging');
    assert.ok(text.includes(staging.status?.message ?? '-'), text);
    assert.ok(text.includes(staging.runnerId ?? '-'), text);
    assert.match(text, /degraded/);
  });

  test('follows a refresh, and keeps what was expanded and selected', async () => {
    await ona.expand(/^Runner eu-production/);
    const selected = ona.row(/^Integration dev\.azure\.com\/acme/);
    await selected.click();
    const { organization } = scene.sandbox;
    const runnerId = runnerNamed(organization, 'eu-production').runnerId ?? '';
    organization.integrations.push({
      id: randomUUID(),
      runnerId,
      scmId: 'gitlab',
      host: 'new.example',
      pat: true,
    });
    organization.integrations = organization.integrations.filter(({ host }) => host !== 'bitbucket.org');
    await ona.titleAction('Refresh').click();

    await ona.row('Integration new.example: GitLab, personal access token').waitFor();
    await ona.row(/^Integration bitbucket/).waitFor({ state: 'detached' });
    assert.equal(await selected.getAttribute('aria-selected'), 'true');
    assert.equal(await ona.row(/^Runner eu-production/).getAttribute('aria-expanded'), 'true');
  });

  test('collapses all rows at once, and keeps them collapsed when it is refreshed', async () => {
    const expanded = ona.view.locator('[role=treeitem][aria-expanded=true]');
    for (const runner of [/^Runner eu-production/, /^Runner us-staging/, /^Runner gcp-analytics/]) {
      await ona.expand(runner);
    }
    await ona.titleAction('Collapse All').click();
    await expanded.first().waitFor({ state: 'detached' });

    await ona.titleAction('Filter…').click();
    await ona.input.fill('acme');
    await ona.page.keyboard.press('Enter');
    await ona.message.getByText('6 of 16 match').waitFor();
    await ona.row(/^Integration gitlab\.acme/).waitFor();
    await ona.titleAction('Collapse All').click();
    await expanded.first().waitFor({ state: 'detached' });

    const { organization } = scene.sandbox;
    const runnerId = runnerNamed(organization, 'eu-production').runnerId ?? '';
    organization.integrations.push({ id: randomUUID(), runnerId, scmId: 'gitlab', host: 'new.acme.example' });
    await ona.titleAction('Refresh').click();
    await ona.message.getByText('7 of 17 match').waitFor();
    await ona.row(/^Runner eu-production: .*\d of 5 integrations/).waitFor();
    assert.equal(await expanded.count(), 0);
  });

  test('shows rows page by page, with a progress bar until the last one', async () => {
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await scene.restartFresh(ona);
    await ona.row('Runner eu-production: integrations not loaded').waitFor();
    await ona.view.locator('.monaco-progress-container.active').waitFor();
  });

  test('shows hostile text as text', async () => {
    const { organization } = scene.sandbox;
    const hostile =
      '<img src=x onerror=alert(1)> **bold** [link](command:workbench.action.quit) $(alert) `code` https://evil.example |x|';
    const runnerId = randomUUID();
    organization.runners = [
      { runnerId, name: hostile, status: { phase: 'RUNNER_PHASE_DEGRADED', message: hostile } },
    ];
    organization.integrations = [{ id: randomUUID(), runnerId, scmId: 'github', host: 'github.com' }];
    await scene.refresh(ona);
    const row = ona.row(/^Runner <img.*: needs attention, degraded, 1 broken, 1 integration/);
    await ona.waitForRowTexts([`${hostile} degraded · 1 problem · 1 integration`]);
    const tooltip = await ona.tooltip(row);
    assert.equal(tooltip.text.split(hostile).length, 5, 'three times as name, once as message');
    assert.doesNotMatch(tooltip.html, /<a[ >]|<img|class="[^"]*codicon/);
  });

  test('shows rows that the API gave one id, or none', async () => {
    const { organization } = scene.sandbox;
    const runnerId = organization.runners[0]?.runnerId ?? '';
    const twin = { id: 'same', runnerId, scmId: 'github' };
    organization.integrations = [
      { ...twin, host: 'a.example' },
      { ...twin, host: 'b.example' },
      { runnerId, scmId: 'github', host: 'c.example' },
      { runnerId, scmId: 'github', host: 'd.example' },
    ];
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production: 4 broken, 4 integrations/);
    for (const host of ['a', 'b', 'c', 'd']) {
      await ona.row(`Integration ${host}.example: broken, no sign-in method, GitHub`).waitFor();
    }
  });

  test('says that an organization is empty, and what to do', async () => {
    scene.sandbox.organization.runners = [];
    scene.sandbox.organization.integrations = [];
    await ona.titleAction('Refresh').click();
    await ona.welcome.getByText('no runners or SCM integrations').waitFor();
    await ona.button('Refresh').waitFor();
    await ona.welcome.getByRole('button', { name: 'how to configure repository access' }).waitFor();
  });
});
