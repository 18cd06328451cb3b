import assert from 'node:assert/strict';
import { runnerNamed } from '../sandbox/lookup.ts';
import { again } from './again.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

const GITLAB_ROWS = [
  'eu-production 1 problem · 1 of 4 integrations',
  'gitlab.acme.example:8443 token ends in 3 days · GitLab · OAuth, PAT',
  'frankfurt-old being deleted · 1 integration',
  'gitlab.com GitLab · PAT · not signed in',
  'gcp-analytics 1 of 3 integrations',
  'gitlab.com GitLab · OAuth',
  'Unknown runner 3f2a6c1e 1 integration',
  'gitlab.com GitLab · OAuth',
];

test.describe('the filter', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  /** Filters and confirms. */
  const filter = async (text: string) => {
    await ona.titleAction('Filter…').click();
    await ona.input.fill(text);
    await ona.page.keyboard.press('Enter');
    await ona.input.waitFor({ state: 'hidden' });
  };

  /** Opens the box from a row. VS Code may learn only after the key that the focus is in the tree. */
  const pressFilterKey = (row: RegExp) =>
    again(async (timeout) => {
      await ona.row(row).click({ timeout });
      await ona.page.keyboard.press('Control+f');
      await ona.page.locator('.quick-input-widget input:focus').waitFor({ timeout });
    });

  test('follows the typing: matches, their runners open, counted and highlighted', async () => {
    await ona.titleAction('Filter…').click();
    await ona.input.pressSequentially('gitlab');
    await ona.waitForMessage('4 of 16 match "gitlab"');
    await ona.waitForRowTexts(GITLAB_ROWS);
    const highlights = ona.view.locator('.monaco-list-row .highlight');
    await until(() => highlights.allInnerTexts(), ['gitlab', 'gitlab', 'gitlab', 'gitlab']);
    await ona.quickPickRow('4 of 16 integrations').waitFor();
    // The tree is usable while the box is open.
    await ona.showDetails(/^Integration gitlab\.acme/, 'gitlab.acme.example:8443');
    await ona.input.press('Enter');
    await ona.input.waitFor({ state: 'hidden' });
    await ona.waitForMessage('4 of 16 match "gitlab"');
  });

  test('finds and highlights a name without its accents', async () => {
    runnerNamed(scene.sandbox.organization, 'lab').name = 'Labor Zürich'.normalize('NFD');
    await scene.refresh(ona);
    await filter('zurich');
    await ona.row(/^Runner Labor Z/).waitFor();
    await until(
      () => ona.view.locator('.monaco-list-row .highlight').allInnerTexts(),
      ['Zürich'.normalize('NFD')],
    );
  });

  test('opens with the editor’s key for finding, and takes terms that it helps to type', async () => {
    await pressFilterKey(/^Runner eu-production/);
    await ona.pick(/^phase:/);
    await ona.page.waitForFunction('document.querySelector(".quick-input-widget input").value === "phase:"');
    await ona.input.pressSequentially('degraded auth:pat');
    await ona.waitForMessage('1 of 16 matches "phase:degraded auth:pat"');
    await ona.waitForRowTexts([
      'us-staging degraded · 1 of 3 integrations',
      'tfs.acme.example Azure DevOps Server · PAT · not signed in',
    ]);
  });

  test('puts back what was there on Escape', async () => {
    await filter('gitlab');
    await ona.titleAction('Filter…').click();
    await ona.input.fill('nothing has this');
    await ona.waitForMessage('Nothing matches "nothing has this"');
    await until(() => ona.rows(), []);
    await ona.page.keyboard.press('Escape');
    await ona.waitForMessage('4 of 16 match "gitlab"');
    await ona.waitForRowTexts(GITLAB_ROWS);
  });

  test('has one box, which the key brings back from the tree', async () => {
    await filter('gitlab');
    await ona.titleAction('Filter…').click();
    await ona.input.fill('github');
    await ona.waitForMessage('6 of 16 match "github"');
    await pressFilterKey(/^Runner us-staging/);
    await ona.page.keyboard.press('Escape');
    await ona.waitForMessage('4 of 16 match "gitlab"');
    await ona.input.waitFor({ state: 'hidden' });
  });

  test('names a match that the row does not show', async () => {
    const { id = '', runnerId = '' } = scene.sandbox.organization.integrations[2] ?? {};
    await filter(`id:${id}`);
    await ona.row(`Integration bitbucket.org: Bitbucket Cloud, OAuth, ID ${id}, not signed in`).waitFor();
    await filter(runnerId);
    await ona.row(`Runner eu-production: 1 needs attention, 4 integrations, ID ${runnerId}`).waitFor();
  });

  test('shows runners that match for themselves, also without integrations', async () => {
    await filter('phase:inactive');
    await ona.waitForMessage('1 of 13 runners matches "phase:inactive"');
    await ona.waitForRowTexts(['lab offline · no integrations · inactive']);
  });

  test('is kept for the workspace until it is cleared; what was open and selected comes back', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await filter('gitlab');
    await ona.row(/^Integration gitlab\.acme/).click();
    await ona.whenStored('onaScm.filter');
    await ona.reload();
    await ona.waitForMessage('4 of 16 match "gitlab"');
    await ona.waitForRowTexts(GITLAB_ROWS);
    await ona.row(/^Integration gitlab\.acme/).click();
    await ona.titleAction('Clear Filter').click();
    await ona.message.waitFor({ state: 'hidden' });
    const selected = ona.row(/^Integration gitlab\.acme/);
    await ona.row(/^Runner eu-production: 1 needs attention, 4 integrations/).waitFor();
    await until(() => selected.getAttribute('aria-selected'), 'true');
    await ona.titleAction('Clear Filter').waitFor({ state: 'hidden' });
    await ona.whenForgotten('onaScm.filter');
  });

  test('stands beside what is wrong, and follows refreshes', async () => {
    await filter('gitlab');
    scene.sandbox.faults.set('ListRunners', { kind: 'connect', code: 'internal', message: 'tea break' });
    await ona.titleAction('Refresh').click();
    await ona.message.getByText(/^4 of 16 match "gitlab" · Stale since \d\d:\d\d: .*tea break/).waitFor();
    scene.sandbox.faults.clear();
    const { integrations } = scene.sandbox.organization;
    scene.sandbox.organization.integrations = integrations.filter(({ host }) => host !== 'gitlab.com');
    await ona.titleAction('Refresh').click();
    await ona.waitForMessage('1 of 13 matches "gitlab"');
  });
});

test.describe('grouping', () => {
  let ona: OnaPage;
  test.beforeEach(({ ona: window }) => void (ona = window));

  test('by provider, by host and back by runner, with what was expanded', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.runCommand('Group by Provider');
    await ona.row('Provider GitHub: 1 broken, 1 needs attention, 6 integrations').waitFor();
    assert.deepEqual(await ona.rows(), [
      'Provider Azure DevOps: 3 integrations',
      'Provider Azure DevOps Server: 1 integration',
      'Provider Bitbucket Cloud: 1 integration',
      'Provider forgejo: 1 integration',
      'Provider GitHub: 1 broken, 1 needs attention, 6 integrations',
      'Provider GitLab: 1 needs attention, 4 integrations',
      'Without integrations: 1 broken, 1 needs attention, 5 runners',
    ]);
    await ona.expand(/^Provider GitHub/);
    await ona
      .row('Integration github.acme.example: broken, no sign-in method, degraded, on us-staging')
      .waitFor();
    await ona.expand(/^Without integrations/);
    await ona.row('Runner lab: broken, offline, no integrations').waitFor();

    await ona.runCommand('Group by Host');
    await ona.expand('Host github.com: 1 needs attention, 5 integrations');
    await ona.row('Integration github.com on us-staging: degraded, GitHub, OAuth').waitFor();
    await ona.showDetails('Integration github.com on Local runners: GitHub, OAuth', 'github.com');

    await ona.runCommand('Group by Provider');
    await ona.row(/^Integration github\.acme\.example/).waitFor();
    await ona.runCommand('Group by Runner');
    await ona.row(/^Integration tfs\.acme\.example/).waitFor();
    assert.equal(await ona.row(/^Runner us-staging/).getAttribute('aria-expanded'), 'true');
  });

  test('goes with the filter: groups of what it lets through, open', async () => {
    await ona.titleAction('Filter…').click();
    await ona.input.fill('runner:us-staging github');
    await ona.page.keyboard.press('Enter');
    await ona.message.getByText('2 of 16 match').waitFor();
    await ona.runCommand('Group by Host');
    await ona.row(/^Host github\.com/).waitFor();
    await ona.waitForRowTexts([
      'github.acme.example 1 problem · 1 integration',
      'us-staging no sign-in method · degraded · GitHub',
      'github.com 1 integration',
      'us-staging degraded · GitHub · OAuth · not signed in',
    ]);
  });

  test('is chosen in the menu of the view, where the present one is missing', async () => {
    await ona.view
      .getByRole('button', { name: 'Views and More Actions...' })
      .or(ona.view.getByRole('button', { name: 'More Actions...' }))
      .first()
      .click();
    await ona.page.getByRole('menuitem', { name: 'Group By' }).hover();
    await ona.page.getByRole('menuitem', { name: 'Group by Provider' }).waitFor();
    assert.equal(await ona.page.getByRole('menuitem', { name: 'Group by Runner' }).count(), 0);
  });

  test('takes a group for all that is in it', async () => {
    await ona.runCommand('Group by Provider');
    const group = ona.row(/^Provider GitLab/);
    await group.waitFor();
    await ona.contextMenu(group, 'Copy Host');
    await ona.statusBar('Copied 2 hosts').waitFor();
    assert.equal(await ona.clipboard(), 'gitlab.acme.example:8443\ngitlab.com');
    // Selected along with its own child, it counts once.
    await ona.expand(/^Provider GitLab/);
    const own = ona.row(/^Integration gitlab\.acme/);
    await own.waitFor();
    await own.click();
    await group.click({ modifiers: ['Control'] });
    await ona.contextMenu(own, 'Copy Integration ID');
    await ona.statusBar('Copied 4 integration IDs').waitFor();
  });
});

test.describe('the key for copying', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const idOf = (name: string) => runnerNamed(scene.sandbox.organization, name).runnerId;

  test('takes the row that has the focus, be another one selected', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket/).waitFor();
    await ona.page.keyboard.press('ArrowDown');
    await ona.focusedRow('Integration bitbucket.org: Bitbucket Cloud, OAuth, not signed in').waitFor();
    await ona.page.keyboard.press('Control+c');
    await ona.statusBar('Copied the integration ID').waitFor();
    const bitbucket = scene.sandbox.organization.integrations.find(({ host }) => host === 'bitbucket.org');
    assert.equal(await ona.clipboard(), bitbucket?.id);
    assert.equal(
      await ona
        .row('Integration bitbucket.org: Bitbucket Cloud, OAuth, not signed in')
        .getAttribute('aria-selected'),
      'true',
    );
  });

  test('takes all selected rows where the focus is on one of them, each by its ID', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme/).click({ modifiers: ['Control'] });
    await ona.row(/^Runner lab/).click({ modifiers: ['Control'] });
    await ona.page.keyboard.press('Control+c');
    await ona.statusBar('Copied 3 IDs').waitFor();
    const tfs = scene.sandbox.organization.integrations.find(({ host }) => host === 'tfs.acme.example');
    const ids = (await ona.clipboard()).split('\n');
    assert.deepEqual(ids.sort(), [idOf('us-staging'), tfs?.id, idOf('lab')].sort());
    const selected = await ona.view.locator('[role=treeitem][aria-selected=true]').count();
    assert.equal(selected, 3);
  });
});
