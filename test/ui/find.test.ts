import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('Find Integration…', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const selected = (name: string | RegExp) => ona.view.getByRole('treeitem', { name, selected: true });

  test('shows what is chosen in the tree and in the details, the view hidden before', async () => {
    await ona.page.getByRole('tab', { name: /^Explorer/ }).click();
    await ona.row(/^Runner lab/).waitFor({ state: 'hidden' });
    await ona.runCommand('Find Integration…');
    await ona.quickPickRow(/^azure-preview/).waitFor();
    await ona.input.pressSequentially('tfsacme');
    await ona.quickPickRow(/^tfs\.acme\.example, on us-staging · Azure DevOps Server · PAT/).waitFor();
    await ona.page.keyboard.press('Enter');
    await selected(/^Integration tfs\.acme\.example/).waitFor();
    await ona.details.waitFor('tfs.acme.example');
  });

  test('has what was opened last at the top, after a reload too', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration tfs\.acme/, 'tfs.acme.example');
    await ona.titleAction('Find Integration…').click();
    const first = ona.page.locator('.quick-input-list .monaco-list-row').first();
    await first.getByText('recently opened').waitFor();
    assert.match((await first.getAttribute('aria-label')) ?? '', /^tfs\.acme\.example/);
    await ona.page.keyboard.press('Escape');
    await ona.whenStored('onaScm.recents');
    await ona.reload();
    await ona.waitForSample();
    await ona.titleAction('Find Integration…').click();
    await first.getByText('recently opened').waitFor();
    assert.match((await first.getAttribute('aria-label')) ?? '', /^tfs\.acme\.example/);
    await ona.page.keyboard.press('Enter');
    await selected(/^Integration tfs\.acme\.example/).waitFor();
  });

  test('finds runners, and anything by its ID', async () => {
    const { organization } = scene.sandbox;
    const lab = runnerNamed(organization, 'lab');
    const bitbucket = integrationAt(organization, 'eu-production', 'bitbucket.org');
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill(lab.runnerId ?? '');
    await ona.pick(/^lab/);
    await selected(/^Runner lab/).waitFor();
    await ona.details.waitFor('lab');
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill((bitbucket.id ?? '').slice(0, 13));
    await ona.pick(/^bitbucket\.org/);
    await selected(/^Integration bitbucket\.org/).waitFor();
  });

  test('finds words that stand in different fields, and terms', async () => {
    await ona.titleAction('Find Integration…').click();
    const found = () => ona.quickPickRow(/./).locator('.label-name').allInnerTexts();
    await ona.input.fill('pat gcp');
    await until(found, ['git.müller.example', 'github.com']);
    await ona.input.fill('provider:gitlab runner:gcp');
    await until(found, ['gitlab.com']);
    await ona.page.keyboard.press('Enter');
    await selected(/^Integration gitlab\.com/).waitFor();
    // The focus moves there, which would close a box.
    await ona.details.waitFor('gitlab.com');

    // Also as the most recently opened.
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill('provider:gitlab runner:gcp');
    await until(found, ['gitlab.com']);
  });

  test('finds a name without its accents', async () => {
    runnerNamed(scene.sandbox.organization, 'lab').name = 'Zürich';
    await scene.refresh(ona);
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill('zurich');
    await ona.pick(/^Zürich/);
    await selected(/^Runner Zürich/).waitFor();
    await ona.details.waitFor('Zürich');
  });

  test('copies without leaving the list', async () => {
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill('bitbucket');
    const row = ona.quickPickRow(/^bitbucket\.org/);
    await row.hover();
    await row.getByRole('button', { name: 'Copy ID' }).click();
    await ona.statusBar('Copied the integration ID').waitFor();
    assert.equal(await ona.clipboard(), scene.sandbox.organization.integrations[2]?.id);
    await row.waitFor();
  });

  test('takes what Enter is pressed for, however soon', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 2_100, integrations: 10_500 });
    await ona.refresh();
    await ona.row('Runner runner-00000: 5 integrations').waitFor();
    await ona.titleAction('Find Integration…').click();
    await ona.quickPickRow(/^runner-00000/).waitFor();
    await ona.input.fill('provider:gitlab runner-02096');
    await ona.page.keyboard.press('Enter');
    await ona.details.waitFor('gitlab-2096.example.com');
  });

  test('shows thousands under one row in parts, and sees through them', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 10, integrations: 10_500 });
    await ona.refresh();
    await ona.row('Runner runner-00000: 1050 integrations').waitFor();
    await ona.runCommand('Group by Provider');
    await ona.expand('Provider GitLab: 2100 integrations');
    await ona.titleAction('Find Integration…').click();
    // As VS Code matches in smaller lists.
    await ona.input.fill('gitlab9996');
    await ona.quickPickRow(/^gitlab-9996/).waitFor();
    // The last of all GitLab hosts.
    await ona.input.fill('gitlab-10496');
    await ona.pick(/^gitlab-10496/);
    await selected(/^Integration gitlab-10496/).waitFor();
    assert.equal(await ona.row(/^Show more: 2000 of 2100 integrations shown/).count(), 0);
  });

  test('sees through a filter, which it clears, and through what is not shown yet', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 2_100, integrations: 2_100 });
    await ona.refresh();
    await ona.row('Runner runner-00000: 1 integration').waitFor();
    await ona.titleAction('Filter…').click();
    await ona.input.fill('runner-00001');
    await ona.page.keyboard.press('Enter');
    await ona.message.getByText('1 of 2100 matches').waitFor();
    await ona.titleAction('Find Integration…').click();
    await ona.input.fill('runner-02099');
    await ona.pick(/on runner-02099/);
    await ona.statusBar('Filter cleared because it hid this row').waitFor();
    await selected(/^Integration bitbucket-2097|^Integration .*-2099\.example\.com/).waitFor();
    await ona.message.waitFor({ state: 'hidden' });
  });
});
