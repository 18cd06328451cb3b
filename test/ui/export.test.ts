import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import { saveAs, suggestedPath } from './saveDialog.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';

test.describe('exporting integrations', () => {
  let scene: Scene;
  let ona: OnaPage;
  let folder: string;
  test.beforeEach(async ({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    await mkdir(join(folder, 'a-folder'));
  });
  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  const save = (format: 'CSV' | 'JSON', path: string, neighbor = /^a-folder$/) =>
    saveAs(ona, format, path, neighbor);

  async function csv(path: string): Promise<Record<string, string>[]> {
    return parse(await readFile(path), { bom: true, columns: true });
  }

  test('writes all to a CSV file that a reader of CSV understands, and opens it', async () => {
    const { organization } = scene.sandbox;
    const tfs = organization.integrations.find(({ host }) => host === 'tfs.acme.example');
    assert.ok(tfs);
    tfs.host = '=HYPERLINK("https://evil.example")';
    await scene.refresh(ona);
    await ona.runCommand('Export Integrations…');
    const path = join(folder, 'all.csv');
    await save('CSV', path);
    await ona.notification('Exported 16 integrations to all.csv.');
    const records = await csv(path);
    assert.deepEqual(
      records.map((record) => record['integration_id']).sort(),
      organization.integrations.map(({ id }) => id).sort(),
    );
    const record = records.find((one) => one['integration_id'] === tfs.id);
    assert.equal(record?.['runner'], 'us-staging');
    assert.equal(record['host'], `'=HYPERLINK("https://evil.example")`);
    assert.equal(record['virtual_directory'], '/tfs');
    assert.equal(record['effective_status'], 'attention');
    assert.match(record['runner_reason_texts'] ?? '', /^us-staging is degraded: Cannot reach/);
    assert.deepEqual((await readdir(folder)).sort(), ['a-folder', 'all.csv'], 'no draft is left');
    await ona.notifications.getByRole('button', { name: 'Open', exact: true }).click();
    await ona.page.locator('.monaco-editor .view-line', { hasText: 'integration_id' }).waitFor();
  });

  test('writes semicolons for Excel in a language with a decimal comma', async () => {
    await ona.runCommand('Export Integrations…');
    await ona.quickPickRow(/^JSON.*exactly as they are/).waitFor();
    await ona.quickPickRow(/^CSV.*apostrophe/).waitFor();
    assert.equal(await ona.quickPickRow(/Excel/).count(), 0, 'not in English');
    await ona.page.keyboard.press('Escape');

    const german = await scene.newWindow({ locale: 'de' });
    await german.openView();
    await german.row(/^Runner us-staging/).waitFor();
    await german.runCommand('Integrationen exportieren…');
    const path = join(folder, 'excel.csv');
    const title = 'Integrationen exportieren';
    await saveAs(german, String.raw`CSV für Excel in dieser Sprache \(;\)`, path, /^a-folder$/, title);
    await german.notification('16 Integrationen wurden nach excel.csv exportiert.');
    const records: unknown[] = parse(await readFile(path), { bom: true, columns: true, delimiter: ';' });
    assert.equal(records.length, 16);
  });

  test('suggests a name with the organization and the date', async () => {
    await ona.runCommand('Export Integrations…');
    await ona.pick(/^JSON/);
    assert.match(await suggestedPath(ona), /\/acme-scm-integrations-\d{4}-\d\d-\d\d\.json$/);
  });

  test('writes the integrations of the rows it was called on to a JSON file', async () => {
    await ona.expand(/^Runner us-staging/);
    const tfs = ona.row(/^Integration tfs\.acme\.example/);
    await tfs.click();
    const runner = ona.row(/^Runner gcp-analytics/);
    await runner.click({ modifiers: ['Control'] });
    await ona.contextMenu(runner, 'Export Integrations…');
    const path = join(folder, 'some.json');
    await save('JSON', path);
    await ona.notification('Exported 4 integrations to some.json.');
    const exported = JSON.parse(await readFile(path, 'utf8')) as { host: string; runner: { name: string } }[];
    assert.deepEqual(
      exported.map(({ host, runner: { name } }) => `${host} on ${name}`),
      [
        'git.müller.example on gcp-analytics',
        'github.com on gcp-analytics',
        'gitlab.com on gcp-analytics',
        'tfs.acme.example on us-staging',
      ],
    );
  });

  test('asks from the menu of the view whether all or what is selected', async () => {
    await ona.row(/^Runner us-staging/).click();
    await ona.titleAction('Views and More Actions...').click();
    await ona.page.getByRole('menuitem', { name: 'Export Integrations…', exact: true }).hover();
    await ona.page.keyboard.press('Enter');
    await ona.quickPickRow('All integrations (16)').waitFor();
    await ona.pick('Selected integrations (3)');
    const path = join(folder, 'selected.csv');
    await save('CSV', path);
    await ona.notification('Exported 3 integrations to selected.csv.');
    assert.equal((await csv(path)).length, 3);
  });

  test('offers what the filter lets through', async () => {
    await ona.titleAction('Filter…').click();
    await ona.input.fill('provider:gitlab');
    await ona.page.keyboard.press('Enter');
    await ona.message.getByText('4 of 16 match').waitFor();
    await ona.runCommand('Export Integrations…');
    await ona.quickPickRow('All integrations (16)').waitFor();
    await ona.pick(/^Filtered integrations \(4\)/);
    const path = join(folder, 'matching.csv');
    await save('CSV', path);
    await ona.notification('Exported 4 integrations to matching.csv.');
    assert.deepEqual(
      (await csv(path)).map((record) => record['provider_id']),
      Array<string>(4).fill('gitlab'),
    );
  });

  test('says why a file could not be written, leaves nothing behind, and tries again', async () => {
    const place = join(folder, 'place');
    // Not even root can create files there.
    await symlink('/proc', place);
    await ona.contextMenu(ona.row(/^Runner us-staging/), 'Export Integrations…');
    await save('CSV', join(place, 'us.csv'), /^1$/);
    await ona.notification(/^us\.csv could not be written: .*ENOENT/);
    await rm(place);
    await symlink(folder, place);
    await ona.notifications.getByRole('button', { name: 'Retry' }).click();
    await ona.notification('Exported 3 integrations to us.csv.');
    assert.equal((await csv(join(folder, 'us.csv'))).length, 3);
    assert.deepEqual((await readdir(folder)).sort(), ['a-folder', 'place', 'us.csv']);
  });

  test('replaces a file that stood there, after a question', async () => {
    const path = join(folder, 'twice.csv');
    for (const runner of [/^Runner eu-production/, /^Runner us-staging/]) {
      const isThere = existsSync(path);
      await ona.contextMenu(ona.row(runner), 'Export Integrations…');
      await save('CSV', path);
      if (isThere) {
        await ona.page.locator('.quick-input-widget:visible').getByText('already exists').waitFor();
        await ona.page.keyboard.press('Enter');
      }
      await ona.notification(/^Exported \d integrations/);
      await ona.clearNotifications();
    }
    assert.equal((await csv(path)).length, 3);
    assert.deepEqual((await readdir(folder)).sort(), ['a-folder', 'twice.csv']);
  });

  test('says so where there is nothing to export', async () => {
    await ona.contextMenu(ona.row(/^Runner lab/), 'Export Integrations…');
    await ona.notification('Export Integrations: There are no integrations to export.');
  });

  test('waits for a load that runs, unless a person does not', async () => {
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await ona.titleAction('Refresh').click();
    await ona.runCommand('Export Integrations…');
    await ona.notification('Waiting for all integrations to load…');
    await ona.notifications.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ona.notifications.getByText('Waiting for all integrations to load').waitFor({ state: 'detached' });
    assert.equal(await ona.input.count(), 0);
  });

  test('writes 10,000 integrations', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 2000, integrations: 10_000 });
    await ona.refresh();
    await ona.runCommand('Export Integrations…');
    const path = join(folder, 'large.csv');
    await save('CSV', path);
    await ona.notification('Exported 10000 integrations to large.csv.');
    const ids = (await csv(path)).map((record) => record['integration_id']);
    assert.equal(new Set(ids).size, 10_000);
  });
});
