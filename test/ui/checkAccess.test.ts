import assert from 'node:assert/strict';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { runnerNamed } from '../sandbox/lookup.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('checking access', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  /** Shows rows that no runner was asked about: answers belong to a key. */
  async function start(organization?: SandboxOrganization): Promise<void> {
    if (organization !== undefined) {
      scene.sandbox.organization = organization;
    }
    await scene.restartFresh(ona);
    await ona.refresh();
    await ona.row(organization === undefined ? /^Runner eu-production/ : /^Runner runner-00000/).waitFor();
    scene.sandbox.resetRecords();
  }

  const calls = () => scene.sandbox.requests.filter(({ method }) => method === 'CheckAuthenticationForHost');

  const runnerIds = (...names: string[]) =>
    names.map((name) => runnerNamed(scene.sandbox.organization, name).runnerId ?? '');

  /** Checks everything from the palette, where nothing is selected. */
  async function checkAll(): Promise<void> {
    await ona.runCommand('Check My Access');
    await ona.pick('All Integrations');
  }

  test('shows in the row that an integration works, and sums up what a runner has', async () => {
    await start();
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(ona.row(/^Integration github\.com/), 'Check My Access');
    await ona.notification('eu-production says that you are signed in to github.com.');
    const row = ona.row(/^Integration github\.com: works, GitHub/);
    await row.waitFor();
    assert.match(
      (await ona.tooltip(row)).text,
      /Works\s+eu-production confirmed the sign-in to github\.com\./,
    );
    assert.deepEqual(
      calls().map(({ body }) => body),
      [{ runnerId: runnerIds('eu-production')[0], host: 'github.com' }],
    );

    await ona.clearNotifications();
    await ona.contextMenu(ona.row(/^Runner eu-production/), 'Check My Access');
    await ona.notification('4 checked: 3 signed in, 1 not signed in.');
    await ona.row(/^Integration dev\.azure\.com\/acme: works/).waitFor();
    await ona.row(/^Integration bitbucket\.org: Bitbucket.*, not signed in/).waitFor();
    // The sign-in to GitLab ends soon.
    await ona.notifications.getByRole('button', { name: 'Show', exact: true }).click();
    await ona.waitForMessage('7 of 29 rows have problems');
  });

  test('asks about everything that can be asked, and says what it leaves out', async () => {
    await start();
    await ona.select(/^Runner frankfurt-old/);
    await ona.runCommand('Check My Access');
    await ona.notification('Check My Access: frankfurt-old is not active, so it cannot be asked.');
    assert.equal(calls().length, 0);
    await ona.row(/^Runner gcp-analytics/).click({ modifiers: ['Control'] });
    await ona.runCommand('Check My Access');
    await ona.notification('3 checked: 3 not signed in. 1 left out: its runner is not active.');
    await ona.clearNotifications();

    await scene.set({ 'onaScm.groupBy': 'host' });
    await ona.contextMenu(ona.row(/^Host github\.com/), 'Check My Access');
    await ona.notification(
      /^4 checked: 1 signed in, 3 not signed in\. 1 left out: no runner can be asked about the shared/,
    );
    await scene.set({ 'onaScm.groupBy': null });
    await ona.clearNotifications();
    scene.sandbox.resetRecords();

    // In the menu of the view, whatever is selected.
    await ona.titleAction('Views and More Actions...').click();
    await ona.page.getByRole('menuitem', { name: 'Check My Access' }).hover();
    await ona.page.keyboard.press('Enter');
    await ona.notification(
      /^13 checked: 5 signed in, 8 not signed in\..* 1 left out: its runner is not active\./,
    );
    assert.equal(calls().length, 12, 'two integrations have the same host');
  });

  test('asks for confirmation before many calls, shows how far it is, asks nothing twice, and can be canceled', async () => {
    await start(largeOrganization({ runners: 12, integrations: 60 }));
    const silent = runnerIds('runner-00008', 'runner-00009', 'runner-00010', 'runner-00011');
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang', runnerIds: silent });
    await checkAll();
    await ona.modal.getByText('Check access with 60 calls to 12 runners?').waitFor();
    await ona.modal.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(calls().length, 0);
    await ona.titleAction('Cancel Check').waitFor({ state: 'hidden' });

    await checkAll();
    await ona.modal.getByRole('button', { name: 'Check', exact: true }).click();
    await ona.notification('Checking access: 8 of 60');
    await checkAll();
    await ona.notification(
      'Check My Access: Nothing to check. 60 left out: their runners are already being asked.',
    );
    await ona.titleAction('Cancel Check').click();
    await ona.notification('8 checked: 8 not signed in. Canceled, 52 not checked.');
    await ona.titleAction('Cancel Check').waitFor({ state: 'hidden' });
    assert.equal(calls().length, 12);
  });

  test('skips a runner that does not answer, and names it', async () => {
    await scene.set({ 'onaScm.requestTimeout': 5 });
    await start(largeOrganization({ runners: 2, integrations: 16 }));
    const silent = runnerIds('runner-00000');
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang', runnerIds: silent });
    await checkAll();
    await ona.notification(
      /^\d+ checked: 8 not signed in, .*\(no answer\)\. Skipped after two timeouts: runner-00000 \(/,
    );
    await ona.notifications.getByRole('button', { name: 'Show Log', exact: true }).waitFor();
  });

  test('stops when the key is rejected, and keeps what was answered', async () => {
    await start(largeOrganization({ runners: 12, integrations: 48 }));
    const slow = runnerIds('runner-00008', 'runner-00009', 'runner-00010', 'runner-00011');
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'slow', ms: 3000, runnerIds: slow });
    await checkAll();
    await until(() => Promise.resolve(calls().length >= 12), true, 'the slow runners are asked');
    scene.sandbox.keys.clear();
    await ona.notification(
      /^\d+ checked: \d+ not signed in\. Stopped, \d+ not checked: .* rejected the API key/,
    );
    await ona.notifications.getByRole('button', { name: 'Sign In Again' }).click();
    await ona.keyBox.waitFor();
  });

  test('says why a runner could not answer, which is no fault of the integration', async () => {
    await start();
    await ona.expand(/^Runner us-staging/);
    const row = ona.row('Integration github.com: GitHub, OAuth, not signed in');
    const fails = async (code: 'permission_denied' | 'unimplemented', message: string, said: RegExp) => {
      scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'connect', code, message });
      await ona.contextMenu(row, 'Check My Access');
      await ona.notification(said);
      await row.waitFor();
      await ona.clearNotifications();
    };
    await fails(
      'permission_denied',
      'mutation not allowed for read-only tokens',
      /^This API key .*Use a read & write key/,
    );
    await fails('permission_denied', 'no', /^This API key .*A read & write key may be needed/);
    await fails(
      'unimplemented',
      'unknown',
      /^us-staging cannot say who is signed in: its version is too old/,
    );
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang', times: 1 });
    await ona.contextMenu(row, 'Check My Access');
    await ona.titleAction('Cancel Check').waitFor();
    await ona.runCommand('Cancel Check');
    await ona.notification('Canceled, 1 not checked.');
    await ona.clearNotifications();
    scene.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'reset', times: 1 });
    await ona.contextMenu(row, 'Check My Access');
    const retry = ona.notifications.getByRole('button', { name: 'Retry' });
    await ona.notification(/connection/);
    await retry.click();
    await ona.notification('us-staging says that you are not signed in to github.com.');
    await ona.notifications.getByRole('button', { name: 'Show Details' }).click();
    await ona.details.frame.getByRole('heading', { level: 1, name: 'github.com' }).waitFor();
    await ona.clearNotifications();

    // VS Code keeps a tooltip that was shown.
    const isSaid = async () => (await ona.tooltip(row)).text.includes('Could not be checked at');
    assert.equal(await isSaid(), false);
    await fails('unimplemented', 'unknown', /^us-staging cannot say/);
    await until(isSaid, true);
  });
});
