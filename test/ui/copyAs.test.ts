import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { integrationAt } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('copying as text for elsewhere', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  test('copies one row as a JSON object, several as a list', async () => {
    await ona.expand(/^Runner us-staging/);
    const row = ona.row(/^Integration tfs\.acme\.example/);
    await ona.contextSubmenu(row, 'Copy As', 'Copy as JSON');
    await ona.statusBar('Copied the integration as JSON').waitFor();
    // What sign-ins are on record is tested without an editor.
    const { signIns, ...json } = JSON.parse(await ona.clipboard()) as Record<string, unknown>;
    assert.ok(signIns === undefined || Array.isArray(signIns));
    assert.deepEqual(json, {
      ...integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example'),
      status: 'unchecked',
      // The runner is degraded.
      effectiveStatus: 'attention',
      reasons: [],
    });

    await row.click();
    const runner = ona.row(/^Runner us-staging/);
    await runner.click({ modifiers: ['Control'] });
    await ona.contextSubmenu(runner, 'Copy As', 'Copy as JSON');
    await ona.statusBar('Copied 2 rows as JSON').waitFor();
    const copied = JSON.parse(await ona.clipboard()) as { id: string; integrations?: { host: string }[] }[];
    const staging = copied.find(({ integrations }) => integrations !== undefined);
    assert.equal(
      staging?.id,
      integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example').runnerId,
    );
    assert.deepEqual(
      staging?.integrations?.map(({ host }) => host),
      ['github.acme.example', 'github.com', 'tfs.acme.example'],
    );
  });

  /** The API's answer to the copied request, run by a shell. */
  async function runCopied(): Promise<{ id: string; runnerId: string }[]> {
    await ona
      .statusBar('Copied the curl request for Bash or zsh; it reads the API key from $ONA_API_KEY')
      .waitFor();
    const text = await ona.clipboard();
    assert.ok(!text.includes(scene.sandbox.apiKey), 'the key is not in it');
    const env = { ...process.env, ONA_API_KEY: scene.sandbox.apiKey };
    const { stdout } = await promisify(execFile)('bash', ['-c', text], { env });
    return (JSON.parse(stdout) as { integrations: { id: string; runnerId: string }[] }).integrations;
  }

  test('copies a request that a shell runs, and that reads an integration, even an inherited one', async () => {
    await ona.expand(/^Runner Ona Cloud/);
    await ona.contextSubmenu(ona.row(/^Integration github\.com/), 'Copy As', 'Copy as curl Request');
    const managed = integrationAt(scene.sandbox.organization, 'Ona Cloud (eu)', 'github.com');
    assert.deepEqual(
      (await runCopied()).map(({ id }) => id),
      [managed.id],
    );
  });

  test('copies a runner with all it has, be less of it shown', async () => {
    await ona.titleAction('Filter…').click();
    await ona.input.fill('gitlab');
    await ona.page.keyboard.press('Enter');
    await ona.select(/^Runner eu-production: .*1 of 4 integrations/);
    await ona.runCommand('Copy as JSON');
    await ona.statusBar('Copied the runner as JSON').waitFor();
    const runner = JSON.parse(await ona.clipboard()) as { integrations: unknown[] };
    assert.equal(runner.integrations.length, 4);
  });

  test('copies a request that reads the integrations of a runner', async () => {
    await ona.contextSubmenu(ona.row(/^Runner us-staging/), 'Copy As', 'Copy as curl Request');
    const staging = integrationAt(scene.sandbox.organization, 'us-staging', 'github.com').runnerId;
    assert.deepEqual(
      (await runCopied()).map(({ runnerId }) => runnerId),
      [staging, staging, staging],
    );
  });

  test('copies Terraform import blocks, and says what cannot be imported', async () => {
    await ona.expand(/^Runner Ona Cloud/);
    const managed = ona.row(/^Integration github\.com: .*managed by Ona/);
    await ona.contextSubmenu(managed, 'Copy As', 'Copy as Terraform Import Block');
    await ona.notification('Integrations managed by Ona cannot be imported into Terraform');
    await ona.closeNotifications();

    await ona.expand(/^Runner us-staging/);
    const tfs = ona.row(/^Integration tfs\.acme\.example/);
    await tfs.click();
    await managed.click({ modifiers: ['Control'] });
    await ona.contextSubmenu(managed, 'Copy As', 'Copy as Terraform Import Block');
    await ona.statusBar('Copied 1 Terraform import block').waitFor();
    assert.equal(
      await ona.clipboard(),
      `import {\n  to = ona_scm_integration.us_staging_tfs_acme_example\n  id = "${integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example').id}"\n}\n\n# Left out: github.com on Ona Cloud (eu) is managed by Ona, so Terraform cannot import it.\n`,
    );
    await ona.notification('1 integration was left out: it is managed by Ona or has no ID.');
  });

  test('warns in the Terraform import block of an integration with two sign-in methods', async () => {
    await ona.expand(/^Runner eu-production/);
    const row = ona.row(/^Integration github\.com/);
    await ona.contextSubmenu(row, 'Copy As', 'Copy as Terraform Import Block');
    await ona.statusBar('Copied the Terraform import block').waitFor();
    assert.match(await ona.clipboard(), /^# CAUTION: .*(?:\n# .*)*deletes the tokens(?:.*\n)+import \{\n/);
  });

  test('copies hosts, runners and IDs instead of a link, because no link works in a browser', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.select(/^Integration tfs\.acme\.example/);
    // A webview that is still loading can take the focus, which would close the quick pick.
    await ona.details.waitFor('tfs.acme.example');
    await ona.runCommand('Copy Link');
    const placeholder = ona.page.getByPlaceholder(
      'No link can open an integration in an editor that runs in',
    );
    await placeholder.waitFor();
    await ona.page.keyboard.press('Enter');
    await ona.statusBar('Copied the host, runner, and IDs').waitFor();
    const { id = '', runnerId = '' } = integrationAt(
      scene.sandbox.organization,
      'us-staging',
      'tfs.acme.example',
    );
    assert.equal(
      await ona.clipboard(),
      `tfs.acme.example on us-staging (integration ID ${id}, runner ID ${runnerId})`,
    );
    await ona.runCommand('Copy Link');
    await ona.pick(/^Markdown/);
    await until(
      () => ona.clipboard(),
      `\`tfs.acme.example\` on \`us-staging\` (integration ID \`${id}\`, runner ID \`${runnerId}\`)`,
    );
  });

  test('copies links, one per line', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click();
    const last = ona.row(/^Integration dev\.azure\.com/);
    await last.click({ modifiers: ['Shift'] });
    await ona.contextSubmenu(last, 'Copy As', 'Copy Link');
    await ona.pick(/^Link for VS Code on a Desktop/);
    await ona.statusBar('Copied 2 links').waitFor();
    const links = (await ona.clipboard()).split('\n');
    assert.deepEqual(
      links.map((link) => link.replace(/^[\w-]+:/, '')),
      ['bitbucket.org', 'dev.azure.com/acme'].map((host) => {
        const { id, runnerId } = integrationAt(scene.sandbox.organization, 'eu-production', host);
        return `//ona-community.ona-scm-integrations/integration/${id}?runner=${runnerId}`;
      }),
    );
  });

  test('says of how many there is nothing to copy', async () => {
    const { organization } = scene.sandbox;
    const without = integrationAt(organization, 'eu-production', 'bitbucket.org');
    delete without.id;
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click();
    const last = ona.row(/^Integration dev\.azure\.com/);
    await last.click({ modifiers: ['Shift'] });
    await ona.contextSubmenu(last, 'Copy As', 'Copy Link');
    await ona.pick(/^Markdown/);
    await ona.statusBar('Copied the host, runner, and IDs').waitFor();
    await ona.notification('1 integration was left out: it has no ID.');
  });

  test('asks which one from the palette', async () => {
    await ona.runCommand('Copy as JSON');
    await ona.input.fill('tfs');
    await ona.pick(/tfs\.acme\.example.*us-staging/);
    await ona.statusBar('Copied the integration as JSON').waitFor();
    await ona.runCommand('Copy Link');
    await ona.input.fill('tfs');
    await ona.pick(/tfs\.acme\.example.*us-staging/);
    await ona.pick(/^Text/);
    await ona.statusBar('Copied the host, runner, and IDs').waitFor();
  });

  test('copies a diagnosis of a row, of everything, and of what a person picks', async () => {
    await ona.contextSubmenu(ona.row(/^Runner us-staging/), 'Copy As', 'Copy Diagnosis');
    await ona.statusBar('Copied the diagnosis').waitFor();
    const ofRunner = await ona.clipboard();
    assert.match(ofRunner, /^## Diagnosis of SCM integrations\n\n- Versions: `SCM Integrations for Ona \d/);
    assert.match(ofRunner, /\n- Organization: `Acme` \(`[\da-f-]{36}`\)\n/);
    assert.match(
      ofRunner,
      /\n### `us-staging`\n\n- Status: Needs attention\n {2}- `us-staging is degraded: /,
    );
    assert.doesNotMatch(ofRunner, /eu-production/);

    // Whatever row has the focus.
    await ona.titleAction('Views and More Actions...').click();
    await ona.page.getByRole('menuitem', { name: 'Copy Diagnosis', exact: true }).hover();
    await ona.page.keyboard.press('Enter');
    await until(async () => /^- 13 runners: .*\n- 16 integrations: .*$/m.test(await ona.clipboard()), true);

    await ona.collapse();
    await ona.runCommand('Copy Diagnosis');
    await ona.pick(/^A Runner or an Integration/);
    await ona.input.fill('tfs');
    await ona.pick(/tfs\.acme\.example.*us-staging/);
    await until(
      async () => (await ona.clipboard()).match(/^### .*$/gm)?.join(),
      '### `tfs.acme.example` on `us-staging`',
    );
    await ona.runCommand('Copy Diagnosis');
    await ona.pick(/^All Runners and Integrations/);
    await until(async () => (await ona.clipboard()).includes('- 16 integrations: '), true);
  });

  test('says why there is nothing to copy', async () => {
    await ona.expand(/^Runner us-staging/);
    const tfs = integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example');
    delete tfs.id;
    tfs.host = 'without-id.example';
    await scene.refresh(ona);
    const row = ona.row(/^Integration without-id\.example/);
    for (const entry of ['Copy Link', 'Copy as Terraform Import Block']) {
      await ona.contextSubmenu(row, 'Copy As', entry);
      await ona.notification('This integration has no ID, so nothing was copied.');
      await ona.clearNotifications();
    }
  });
});
