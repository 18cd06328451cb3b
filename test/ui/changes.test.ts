import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { changeRunner, removeIntegration } from '../sandbox/edits.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { again } from './again.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { actionTimeout } from './speed.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('changes', () => {
  let scene: Scene;
  let ona: OnaPage;
  // In windows of their own: what has changed before belongs to other tests.
  test.beforeEach(async ({ scene: stage }) => {
    scene = stage;
    ona = await scene.newWindow();
    await ona.openSample();
  });

  const line = (text: string): Locator =>
    ona.page
      .locator('.editor-instance .monaco-editor')
      .first()
      .locator('.view-line', { hasText: text })
      .first();

  /** Adds an integration, and changes the host of another one. */
  async function change(): Promise<void> {
    const { organization } = scene.sandbox;
    organization.integrations.push({
      id: randomUUID(),
      runnerId: runnerNamed(organization, 'eu-production').runnerId ?? '',
      scmId: 'gitlab',
      host: 'fresh.acme.example',
      pat: true,
    });
    integrationAt(organization, 'us-staging', 'tfs.acme.example').host = 'moved.acme.example';
    await scene.refresh(ona);
  }

  /** A click during a redraw of the row is lost. */
  const clickUntilGone = (row: Locator, mark: Locator): Promise<void> =>
    again(async (timeout) => {
      await row.click({ timeout });
      await mark.waitFor({ state: 'detached', timeout });
    });

  test('are marked on their rows until these are selected', async () => {
    await change();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration fresh\.acme\.example: .*, new$/).waitFor();
    await ona.expand(/^Runner us-staging/);
    const moved = ona.row(/^Integration moved\.acme\.example: .*, changed \d/);
    await moved.waitFor();
    await clickUntilGone(ona.row(/^Integration moved\.acme\.example/), moved);
    await ona.row(/^Integration fresh\.acme\.example: .*, new$/).waitFor();
  });

  test('are marked on a row that is selected already until it is opened', async () => {
    await ona.expand(/^Runner us-staging/);
    const row = ona.row(/^Integration tfs\.acme\.example/);
    // Opening it would otherwise take off a mark that comes first.
    await ona.showDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example').pat = false;
    await scene.refresh(ona);
    const marked = ona.row(/^Integration tfs\.acme\.example: .*, changed \d/);
    await marked.waitFor();
    await clickUntilGone(row, marked);
  });

  test('are in a document that follows, and takes the marks off all rows', async () => {
    await change();
    await ona.runCommand('Show Changes');
    await line('Changes in Acme').waitFor();
    await line('GitLab (fresh.acme.example) on eu-production: added (PAT)').waitFor();
    await line('on us-staging: host tfs.acme.example → moved.acme.example').waitFor();
    await ona.page.getByRole('tab', { name: /^Changes\.txt/ }).waitFor();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration fresh\.acme\.example: .*, new$/).waitFor({ state: 'detached' });
    const { organization } = scene.sandbox;
    organization.integrations = organization.integrations.filter(({ host }) => host !== 'fresh.acme.example');
    await scene.refresh(ona);
    await line('GitLab (fresh.acme.example) on eu-production: removed').waitFor();
  });

  test('say that there are none, and hold nothing after a sign-out', async () => {
    const apiKey = randomUUID();
    scene.sandbox.keys.set(apiKey, { principal: 'user' });
    await ona.runCommand('Show Changes');
    await line('Changes in Acme').waitFor();
    await ona.runCommand('Sign Out');
    await until(() => line('Acme').isVisible(), false);
    await line('Changes').waitFor();
    assert.equal(await line('on us-staging').isVisible(), false);
  });

  test('that can break clones are told by one of the windows once they have lasted for a minute', async () => {
    test.slow();
    await scene.set({ 'onaScm.notifyOnChange': false });
    const other = await scene.newWindow({ context: ona.workbench.context });
    await other.openSample();
    const { sandbox } = scene;
    const { runnerId = '' } = runnerNamed(sandbox.organization, 'eu-production');
    changeRunner(sandbox, { runnerId, status: { phase: 'RUNNER_PHASE_INACTIVE' } });
    removeIntegration(
      sandbox,
      integrationAt(sandbox.organization, 'us-staging', 'tfs.acme.example').id ?? '',
    );
    await scene.refresh(ona);
    await scene.refresh(other);
    await ona.set({ 'onaScm.notifyOnChange': true });
    const said = async () =>
      (await Promise.all([ona, other].map((window) => window.newNotifications()))).flat();
    const text = 'eu-production went offline. Azure DevOps Server (tfs.acme.example) on us-staging: removed.';
    const patience = 60_000 + actionTimeout;
    await until(said, [text], 'notifications', patience);
    const [teller, silent] = (await ona.newNotifications()).length > 0 ? [ona, other] : [other, ona];
    await teller.notifications.getByRole('button', { name: "Don't Show Again" }).click();
    await teller.whenSet({ 'onaScm.notifyOnChange': false });
    assert.deepEqual(await silent.newNotifications(), []);
  });
});
