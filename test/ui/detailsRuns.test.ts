import assert from 'node:assert/strict';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';

test.describe('a check from the details', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(async ({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
    // Answers belong to a key.
    await scene.restartFresh(ona);
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production/);
  });

  const tab = (name: string) => ona.page.getByRole('tab', { name });

  test('shows what the runner answered, with its status, and says nothing twice', async () => {
    await ona.showDetails(/^Integration github\.com/, 'github.com');
    await ona.details.button('Check My Access').click();
    const status = ona.details.frame.getByRole('region', { name: 'Status' });
    await status.getByText('eu-production confirmed the sign-in to github.com.').waitFor();
    assert.equal(await status.locator('.state').innerText(), 'Works');
    // The editor reads the notification.
    await ona.notification('eu-production says that you are signed in to github.com.');
    await ona.details.frame.getByRole('status').getByText('Status: Works.', { exact: true }).waitFor();
    assert.equal(await ona.notifications.getByRole('button', { name: 'Show Details' }).count(), 0);

    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    await ona.details.button('Check My Access').click();
    await status.getByText('eu-production says that you are not signed in to bitbucket.org.').waitFor();
    await ona.notification('eu-production says that you are not signed in to bitbucket.org.');
    assert.equal(await ona.details.frame.getByRole('status').innerText(), 'Status: Works.', 'not again');
  });

  test('runs in the panels of its item alone, and ends quietly if that is gone by then', async () => {
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang' });
    await ona.showDetails(/^Integration github\.com/, 'github.com');
    await ona.details.button('Keep Open').click();
    await ona.details.button('Keep Open').waitFor({ state: 'detached' });
    await ona.details.button('Check My Access').click();
    await ona.details.button('Checking…').waitFor();
    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    await ona.details.button('Check My Access').waitFor();
    await tab('github.com').click();
    await ona.details.waitFor('github.com');
    await ona.details.button('Checking…').waitFor();

    const { organization } = scene.sandbox;
    const { integrations } = organization;
    organization.integrations = integrations.filter(({ host }) => host !== 'github.com');
    await scene.refresh(ona);
    await ona.details.notice.getByText('no longer exists').waitFor();
    assert.equal(await ona.details.button('Checking…').count(), 0);
    await ona.titleAction('Cancel Check').click();
    await ona.titleAction('Cancel Check').waitFor({ state: 'hidden' });
    organization.integrations = integrations;
    await scene.refresh(ona);
    await ona.details.button('Check My Access').waitFor();
    assert.equal(await ona.details.notice.innerText(), '');
  });

  test('does not run any more after a reload of the window, and can be run again', async () => {
    const window = await scene.newWindow();
    await window.openSample();
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang' });
    await window.expand(/^Runner eu-production/);
    await window.showDetails(/^Integration github\.com/, 'github.com');
    await window.details.button('Check My Access').click();
    await window.details.button('Checking…').waitFor();
    scene.sandbox.faults.clear();
    await window.reloadWithDetails();
    await window.details.button('Check My Access').click();
    const status = window.details.frame.getByRole('region', { name: 'Status' });
    await status.getByText('eu-production confirmed the sign-in to github.com.').waitFor();
  });
});
