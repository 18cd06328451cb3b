import assert from 'node:assert/strict';
import { deterministicUuid } from '../sandbox/deterministicUuid.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';

test.describe('loading', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  test('shows Retrying… after the first failed try, and rows once one gets an answer', async () => {
    scene.sandbox.faults.set('ListRunners', { kind: 'http', status: 503, body: '' });
    await scene.restartFresh(ona);
    await ona.message.getByText('Retrying…').waitFor();
    scene.sandbox.faults.clear();
    await ona.waitForSample();
    await ona.message.waitFor({ state: 'hidden' });
    const tries = scene.sandbox.requests.filter(({ method }) => method === 'ListRunners');
    assert.ok(tries.length > 1);
  });

  test('can be canceled: what has come stays, and Refresh loads the rest', async () => {
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await scene.restartFresh(ona);
    await ona.row('Runner eu-production: integrations not loaded').waitFor();
    await ona.titleAction('Cancel Refresh').click();
    await ona.message.getByText(/^Incomplete since \d\d:\d\d: Loading from .* was canceled/).waitFor();
    await ona.row('Runner eu-production: integrations not loaded').waitFor();
    await ona.titleAction('Cancel Refresh').waitFor({ state: 'hidden' });
    scene.sandbox.faults.clear();
    await ona.titleAction('Refresh').click();
    await ona.waitForSample();
    await ona.message.waitFor({ state: 'hidden' });
  });

  test('leaves complete rows stale if it is canceled after some have changed', async () => {
    await ona.waitForSample();
    const { runners } = scene.sandbox.organization;
    runners.push({ ...runners[0], runnerId: deterministicUuid('new'), name: 'ap-new' });
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await ona.titleAction('Refresh').click();
    await ona.row('Runner ap-new: integrations not loaded').waitFor();
    await ona.runCommand('Cancel Refresh');
    await ona.message.getByText(/^Stale since \d\d:\d\d: Loading from .* was canceled/).waitFor();
    scene.sandbox.faults.clear();
    await ona.titleAction('Refresh').click();
    await ona.row('Runner ap-new: needs attention, can clone nothing: no integrations').waitFor();
    await ona.message.waitFor({ state: 'hidden' });
  });

  test.describe('in parallel', () => {
    const { runners, integrations } = largeOrganization({ runners: 15, integrations: 150, grouped: true });
    const [unlucky, lucky] = [runners[0], runners.at(-1)];

    test.beforeEach(() => {
      scene.sandbox.organization = { ...scene.sandbox.organization, runners, integrations };
    });

    test('marks the runners whose chunk failed, and retries just those', async () => {
      const broken = { kind: 'connect', code: 'internal', message: 'broken shard' } as const;
      scene.sandbox.faults.set('ListSCMIntegrations', [
        { kind: 'afterPages', pages: 1, fault: broken, unfiltered: true },
        { ...broken, runnerIds: [unlucky?.runnerId ?? ''] },
      ]);
      await scene.restartFresh(ona);
      await ona.message.getByText(/^Incomplete since \d\d:\d\d: .*broken shard/).waitFor();
      const marked = /^Runner runner-00000: could not be loaded, 10 integrations$/;
      await ona.expand(marked);
      const failure = ona.row(
        /^The integrations could not be loaded\. .*broken shard.* Press Enter to retry\.$/,
      );
      await failure.waitFor();
      await ona.row('Runner runner-00014: 10 integrations').waitFor();

      scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang', unfiltered: true });
      scene.sandbox.resetRecords();
      await failure.click();
      await failure.waitFor({ state: 'detached' });
      await ona.row('Runner runner-00000: 10 integrations').waitFor();
      assert.deepEqual(await ona.rows().then((rows) => rows.filter((row) => row.includes('could not'))), []);
      // Integrations of unlisted runners may still be missing.
      await ona.message.getByText(/^Possibly incomplete since/).waitFor();
      const asked = scene.sandbox.requests.map(({ body }) => body as { filter?: { runnerIds: string[] } });
      assert.ok(asked.every(({ filter }) => filter !== undefined));
      assert.ok(asked.some(({ filter }) => filter?.runnerIds.includes(unlucky?.runnerId ?? '')));
      assert.ok(!asked.some(({ filter }) => filter?.runnerIds.includes(lucky?.runnerId ?? '')));
    });

    test('says that rows may be incomplete where only the plain walk failed', async () => {
      scene.sandbox.faults.set('ListSCMIntegrations', {
        kind: 'afterPages',
        pages: 1,
        fault: { kind: 'connect', code: 'internal', message: 'lost page' },
        unfiltered: true,
      });
      await scene.restartFresh(ona);
      await ona.message.getByText(/^Possibly incomplete since \d\d:\d\d: .*lost page/).waitFor();
      await ona.row('Runner runner-00000: 10 integrations').waitFor();
      await ona.row('Runner runner-00014: 10 integrations').waitFor();
    });
  });

  test('shows 2,000 runners and, asked for it, the others', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 2_100, integrations: 10 });
    await scene.restartFresh(ona);
    await ona.refresh();
    await ona.view.locator('[role=treeitem][aria-setsize="2001"]').first().waitFor();
    await ona.row('Runner runner-00010: needs attention, can clone nothing: no integrations').waitFor();
    await ona.row('Runner runner-00000: 1 integration').click();
    await ona.page.keyboard.press('End');
    const more = ona.row('Show more: 2000 of 2100 runners shown');
    await more.waitFor();
    await ona.focusedRow('Show more: 2000 of 2100 runners shown').waitFor();
    await ona.page.keyboard.press('Enter');
    await more.waitFor({ state: 'detached' });
    await ona.view.locator('[role=treeitem][aria-setsize="2100"]').first().waitFor();
    await ona.focusedRow('Runner runner-02000: no integrations').waitFor();
    await ona.page.keyboard.press('End');
    await ona.row('Runner runner-02099: no integrations').waitFor();
  });
});
