import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantCredentials } from '../sandbox/plantCredentials.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import type { OnaPage } from './onaPage.ts';
import { saveAs } from './saveDialog.ts';
import type { Scene } from './scene.ts';
import { signedOutTest as test } from './test.ts';
import { until } from './until.ts';
import { storedState } from './storedState.ts';

/** The key also contains the marker: one search finds both. */
const API_KEY = `key-${SECRET_MARKER}`;

test.describe('secrets', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage }) => {
    scene = stage;
    scene.sandbox.keys.set(API_KEY, { principal: 'user' });
  });

  test('reach no row, tooltip, clipboard, document, exported file, message, log file or stored state', async () => {
    test.slow();
    const seen: string[] = [];
    ona = await scene.newWindow();
    await ona.signIn(API_KEY);
    // Some are in fields that GitHub does not use, which is a problem that the rows of the sample do not have.
    plantCredentials(scene.sandbox.organization);
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production/);
    const row = ona.row(/^Integration github\.com/);
    const tooltip = await ona.tooltip(row);
    assert.ok(tooltip.text.includes('OAuth client ID'), tooltip.text);
    seen.push(tooltip.html, await ona.page.content());

    for (const [entry, confirmation] of [
      ['Copy Integration ID', 'Copied the integration ID'],
      ['Copy Host', 'Copied the host'],
      ['Copy Runner ID', 'Copied the runner ID'],
    ] as const) {
      await ona.contextMenu(row, entry);
      await ona.statusBar(confirmation).waitFor();
      seen.push(await ona.clipboard());
    }
    await ona.contextMenu(ona.row(/^Integration \[redacted\]@bitbucket\.org/), 'Copy Host');
    await until(() => ona.clipboard(), '[redacted]@bitbucket.org');

    for (const [entry, confirmation] of [
      ['Copy as JSON', 'Copied the integration as JSON'],
      ['Copy as curl Request', 'Copied the curl request'],
      ['Copy as Terraform Import Block', 'Copied the Terraform import block'],
      ['Copy Diagnosis', 'Copied the diagnosis'],
    ] as const) {
      await ona.contextSubmenu(row, 'Copy As', entry);
      await ona.statusBar(confirmation).waitFor();
      seen.push(await ona.clipboard());
    }
    await ona.contextSubmenu(row, 'Copy As', 'Copy Link');
    await ona.pick(/^Markdown/);
    await ona.statusBar('Copied the host, runner, and IDs').waitFor();
    seen.push(await ona.clipboard());
    await ona.contextSubmenu(ona.row(/^Runner eu-production/), 'Copy As', 'Copy as JSON');
    await ona.statusBar('Copied the runner as JSON').waitFor();
    seen.push(await ona.clipboard());
    await ona.contextSubmenu(ona.row(/^Runner gcp-analytics/), 'Copy As', 'Copy as JSON');
    // The runner before it has sign-ins too.
    await until(async () => (await ona.clipboard()).includes('"name": "gcp-analytics"'), true);
    seen.push(await ona.clipboard());
    assert.ok(
      seen.some((text) => /"scopes": \[\s*"https:\/\/\[redacted\]/.test(text)),
      'scopes of a sign-in on record were copied',
    );
    assert.ok(
      seen.some((text) => /\n {2}- Message: `Cannot reach .*\[redacted\]/.test(text)),
      'a diagnosis with a message of the runner was copied',
    );
    assert.ok(
      seen.some((text) => text.includes('"clientSecretSet": true')),
      'an integration with a secret was copied',
    );

    // When notifications close, a webview gets the focus late, which would close the next quick pick.
    await ona.runCommand('Close All Editors', 'View');
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    await mkdir(join(folder, 'a-folder'));
    for (const format of ['CSV', 'JSON'] as const) {
      await ona.runCommand('Export Integrations…');
      await ona.pick(/^All integrations \(16\)/);
      const path = join(folder, `all.${format.toLowerCase()}`);
      await saveAs(ona, format, path, /^a-folder$/);
      await ona.notification(`to all.${format.toLowerCase()}.`);
      await ona.closeNotifications();
      seen.push(await readFile(path, 'utf8'));
    }
    await rm(folder, { recursive: true });

    const fault = { kind: 'connect', code: 'internal', message: `cannot use ${API_KEY}` } as const;
    scene.sandbox.faults.set('ListRunners', fault);
    await ona.titleAction('Refresh').click();
    await ona.message.getByText('cannot use [redacted]').waitFor();
    seen.push(await ona.page.content());

    await row.click();
    await ona.details.waitFor('github.com');
    await ona.details.frame.getByText('set (encrypted for the runner; never shown)').waitFor();
    seen.push(await (await ona.details.document()).content());
    await ona.details.button('eu-production').click();
    await ona.details.waitFor('eu-production');
    // What the runner offers has arrived.
    await ona.details.frame.getByText('[redacted]@gitlab.example').waitFor({ state: 'attached' });
    seen.push(await (await ona.details.document()).content());
    await ona.reloadWithDetails();
    // Of one of the two: VS Code stores what a panel shows a while later.
    await ona.details.frame.locator('h1').waitFor();

    await ona.openView();
    await ona.contextMenu(ona.row(/^Runner eu-production/), 'Open as JSON');
    const lines = ona.page.locator('.editor-instance .view-lines');
    await lines.locator('.view-line', { hasText: '"version"' }).click();
    seen.push(await lines.innerText());
    await ona.page.keyboard.press('Control+End');
    await lines.locator('.view-line', { hasText: '"clientSecretSet"' }).first().waitFor();
    seen.push(await lines.innerText());

    seen.push(...(await storedState(ona.page)));
    assert.ok(
      seen.some((text) => text.includes('mainThreadWebview-onaScm.details')),
      'the state of the details panel is stored',
    );
    assert.ok(
      seen.some((text) => text.includes('onaScm.accounts')),
      'the index of accounts is stored',
    );
    const logs = readAll(scene.host.logsDir);
    assert.ok(
      logs.some((text) => /ListRunners 200 .* characters/.test(text)),
      'a known line stands in the log files',
    );
    const files = readAll(join(scene.host.dataDir, 'data'));
    assert.ok(
      files.some((text) => text.includes('"organizationId"') && text.includes('github.com')),
      'rows are kept for the next start',
    );
    seen.push(...logs, ...files, ...ona.workbench.console);

    const leaks = seen.filter((text) => text.includes(SECRET_MARKER) || text.includes(SECRET_MARKER_BASE64));
    assert.deepEqual(leaks, []);
  });
});

function readAll(folder: string): string[] {
  return (
    readdirSync(folder, { encoding: 'utf8', recursive: true })
      .map((name) => join(folder, name))
      // A temporary file may have been deleted.
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
      .map((file) => readFileSync(file, 'utf8'))
  );
}
