import assert from 'node:assert/strict';
import { runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('what a runner could offer, in the details', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const asked = () =>
    scene.sandbox.requests.filter(({ method }) => method === 'GetRunnerConfigurationSchema').length;
  const section = () => ona.details.frame.getByRole('region', { name: 'Source Control on This Runner' });

  /** Another session of the key, in which nothing has been asked. */
  async function start(): Promise<void> {
    await scene.restartFresh(ona);
    await ona.waitForSample();
    scene.sandbox.resetRecords();
  }

  async function showRunner(name: string): Promise<void> {
    await ona.contextMenu(ona.row(new RegExp(`^Runner ${name}`)), 'Show Details');
    await ona.details.waitFor(name);
  }

  test('is asked once for each runner when its details are shown', async () => {
    await start();
    assert.equal(asked(), 0);
    await showRunner('eu-production');
    const bitbucket = section().locator('.row', { hasText: 'Bitbucket Cloud' }).first();
    await section().getByText('also available').waitFor({ state: 'detached' });
    await bitbucket.getByText('configured on bitbucket.org: OAuth').waitFor();
    await section().getByText('available: personal access token only').waitFor();
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    await ona.details.frame.getByText('According to eu-production').waitFor();
    await showRunner('lab');
    await section().getByText('could not be asked, because it is not active').waitFor();
    await until(() => Promise.resolve(asked()), 1);
  });

  test('has what somebody needs for the setup, to copy', async () => {
    await showRunner('gcp-analytics');
    const forgejo = section().getByRole('group').filter({ hasText: 'codeberg.org' });
    await section().locator('summary[aria-label="Setup: Forgejo"]').press('Enter');
    await forgejo.getByText('Needs the scopes write:repository and read:user.').waitFor();
    await forgejo.getByRole('button', { name: 'Copy Default Host' }).click();
    await ona.details.frame.getByRole('status').getByText('Copied').waitFor();
    assert.equal(await ona.clipboard(), 'codeberg.org');
  });

  test('does not hide what is configured if the runner refuses to answer', async () => {
    await start();
    const { runnerId = '' } = runnerNamed(scene.sandbox.organization, 'us-staging');
    scene.sandbox.faults.set('GetRunnerConfigurationSchema', {
      kind: 'connect',
      code: 'permission_denied',
      message: 'not yours',
      runnerIds: [runnerId],
    });
    await showRunner('us-staging');
    await section()
      .getByText(/^Only what is configured is known\. /)
      .waitFor();
    await section().getByText('configured on tfs.acme.example: personal access token').waitFor();
    await ona.details.button('tfs.acme.example').click();
    await ona.details.frame.getByText('According to the documentation of Ona').waitFor();
  });
});
