import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/sampleOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import { Scene } from './scene.ts';
import { storedState } from './storedState.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

describe('the details panel', () => {
  let scene: Scene;
  let ona: OnaPage;
  before(async () => (scene = await Scene.open({ env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }) })));
  afterEach(function () {
    return scene.reset(this.currentTest);
  });
  after(() => scene.close());

  async function open(theme?: string): Promise<void> {
    ona = await scene.newWindow(theme === undefined ? {} : { theme });
    await ona.openView();
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
  }

  const integrationAt = (runner: string, host: string) => {
    const { runners, integrations } = scene.sandbox.organization;
    const runnerId = runners.find(({ name }) => name === runner)?.runnerId;
    const found = integrations.find(
      (candidate) => candidate.runnerId === runnerId && candidate.host === host,
    );
    assert.ok(found);
    return found;
  };

  it('shows every field of an integration and its runner', async () => {
    await open();
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme\.example/).click();
    await ona.details.waitFor('tfs.acme.example');
    const tfs = integrationAt('us-staging', 'tfs.acme.example');
    const staging = scene.sandbox.organization.runners.find(({ name }) => name === 'us-staging');
    const fields = await ona.details.fields();
    const expected = {
      Host: 'tfs.acme.example',
      Provider: 'Azure DevOps Server',
      'Sign-in methods': 'Personal access token',
      'Integration ID': tfs.id,
      'Provider ID': 'azuredevops_server',
      'OAuth client ID': 'OAuth is not configured',
      'OAuth client secret': 'OAuth is not configured',
      'Issuer URL': 'OAuth is not configured',
      'Virtual directory': '/tfs',
      'Runner: Name': 'us-staging',
      'Runner: Phase': 'degraded',
      'Runner: Message': staging?.status?.message,
      'Runner: Runner ID': staging?.runnerId,
      'Runner: Kind': 'remote',
      'Runner: Infrastructure': 'AWS EC2',
      'Runner: Region': staging?.status?.region,
      'Runner: Version': staging?.status?.version,
      'Runner: Variant': 'standard',
      'Runner: Desired phase': 'active',
      'Runner: Release channel': 'latest',
      'Runner: Auto update': 'on',
      'Runner: Log level': 'info',
      'Runner: System': staging?.status?.systemDetails,
      'Same Host on Other Runners: None': 'no other runner has an integration for this host',
    };
    assert.deepEqual({ ...fields, ...expected }, fields);
  });

  it('shows OAuth with its client, and that a secret is set, but not the secret', async () => {
    await open();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration dev\.azure\.com\/acme/).click();
    await ona.details.waitFor('dev.azure.com/acme');
    const azure = integrationAt('eu-production', 'dev.azure.com/acme');
    const fields = await ona.details.fields();
    assert.equal(fields['Sign-in methods'], 'OAuth, Personal access token');
    assert.equal(fields['OAuth client ID'], azure.oauth?.clientId);
    assert.equal(fields['OAuth client secret'], 'set (encrypted for the runner; never shown)');
    assert.equal(fields['Issuer URL'], azure.oauth?.issuerUrl);
    const link = ona.details.frame.getByRole('link', { name: 'dev.azure.com/acme' });
    assert.equal(await link.getAttribute('href'), 'https://dev.azure.com/acme');

    const document = await ona.details.document();
    const content = await document.content();
    assert.ok(!content.includes(SECRET_MARKER) && !content.includes(SECRET_MARKER_BASE64));
  });

  it('copies what it shows, and says so', async () => {
    await open();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration dev\.azure\.com\/acme/).click();
    await ona.details.waitFor('dev.azure.com/acme');
    const { id, oauth, runnerId } = integrationAt('eu-production', 'dev.azure.com/acme');
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
    await ona.details.frame.locator('.actions').getByRole('button', { name: 'Copy Integration ID' }).click();
    await ona.details.frame.locator('[data-row="id"] .icon-check').waitFor();
    assert.equal(await ona.clipboard(), id);
  });

  it('re-uses one panel without taking the focus; a double click and Enter keep one open', async () => {
    await open();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click();
    await ona.details.waitFor('bitbucket.org');
    await ona.row(/^Integration github\.com/).click();
    await ona.details.waitFor('github.com');
    assert.deepEqual(await ona.details.tabs(), ['github.com']);
    assert.equal(await ona.view.locator('.monaco-list:focus').count(), 1);

    await ona.row(/^Integration github\.com/).dblclick();
    await ona.details.button('Keep Open').waitFor({ state: 'detached' });
    await ona.row(/^Integration gitlab/).click();
    await ona.details.waitFor('gitlab.acme.example:8443');
    assert.deepEqual(await ona.details.tabs(), ['github.com', 'gitlab.acme.example:8443']);

    await ona.page.keyboard.press('ArrowUp');
    await ona.page.keyboard.press('ArrowUp');
    await ona.page.keyboard.press('Enter');
    await ona.details.waitFor('dev.azure.com/acme');
    await ona.details.button('Keep Open').waitFor({ state: 'detached' });
    assert.equal(await ona.view.locator('.monaco-list:focus').count(), 0);
    assert.deepEqual(await ona.details.tabs(), [
      'github.com',
      'gitlab.acme.example:8443',
      'dev.azure.com/acme',
    ]);
  });

  it('opens a runner from its menu, and leads to its integrations and back', async () => {
    await open();
    await ona.contextMenu(ona.row(/^Runner us-staging/), 'Show Details');
    await ona.details.waitFor('us-staging');
    const fields = await ona.details.fields();
    assert.equal(fields['Integrations (3): Azure DevOps Server'], 'tfs.acme.example');
    await ona.details.button('tfs.acme.example').click();
    await ona.details.waitFor('tfs.acme.example');
    await ona.details.button('us-staging').click();
    await ona.details.waitFor('us-staging');
    assert.deepEqual(await ona.details.tabs(), ['us-staging']);
  });

  it('asks which one from the palette', async () => {
    await open();
    await ona.runCommand('Show Details');
    await ona.input.fill('tfs');
    await ona.quickPickRow(/tfs\.acme\.example.*us-staging/).click();
    await ona.details.waitFor('tfs.acme.example');
  });

  it('follows a refresh without losing focus or scroll position, and says when its integration is gone', async () => {
    await open();
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme\.example/).dblclick();
    await ona.details.waitFor('tfs.acme.example');
    const copy = ona.details.button('Copy Runner Manager ID');
    assert.equal(await copy.count(), 0, 'nothing to copy, no button');
    const button = ona.details.button('Copy Version');
    await button.focus();
    await ona.details.scroller.evaluate((node) => ((node as { scrollTop: number }).scrollTop = 120));
    const { organization } = scene.sandbox;
    const staging = organization.runners.find(({ name }) => name === 'us-staging');
    assert.ok(staging?.status);
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
    assert.equal((await ona.details.fields())['Virtual directory'], '/tfs');
  });

  it('comes back after a reload of the window, and forgets its content at sign-out', async () => {
    await open();
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme\.example/).click();
    await ona.details.waitFor('tfs.acme.example');
    await ona.reloadWithDetails();
    await ona.details.waitFor('tfs.acme.example');
    await ona.details.frame.getByText('As of').waitFor();
    await ona.runCommand('Sign Out');
    await ona.details.notice.getByText('Signed out').waitFor();
    assert.deepEqual(await ona.details.fields(), {});
    // The workbench stores what a panel remembers a moment after it changed.
    await ona.whenForgotten('runnerId');
    const stored = (await storedState(ona.page)).filter((text) => text.includes('onaScm.details'));
    assert.ok(!(await (await ona.details.document()).content()).includes('tfs.acme.example'));
    assert.deepEqual(
      stored.filter((text) => text.includes('tfs.acme.example')),
      [],
    );
  });

  it('shows hostile values as text', async () => {
    const tfs = integrationAt('us-staging', 'tfs.acme.example');
    tfs.host = 'javascript:alert(1)';
    tfs.oauth = { clientId: HOSTILE, issuerUrl: 'x'.repeat(10_000) };
    await open();
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration javascript/).click();
    await ona.details.waitFor('javascript:alert(1)');
    const fields = await ona.details.fields();
    assert.equal(fields['OAuth client ID'], HOSTILE);
    assert.equal(fields['Issuer URL'], 'x'.repeat(10_000));
    assert.equal(await ona.details.frame.locator('main a, main img, main script').count(), 0);
    const document = await ona.details.document();
    assert.equal(await document.title(), 'Ona SCM');
    assert.equal(
      await ona.details.scroller.evaluate((node) => {
        const { scrollWidth, clientWidth } = node as { scrollWidth: number; clientWidth: number };
        return scrollWidth > clientWidth;
      }),
      false,
      'nothing sticks out sideways',
    );
  });

  for (const theme of [
    'Default Dark Modern',
    'Default Light Modern',
    'Default High Contrast',
    'Default High Contrast Light',
  ]) {
    it(`has no accessibility violation that axe-core finds in ${theme}`, async () => {
      await open(theme);
      await ona.expand(/^Runner eu-production/);
      await ona.row(/^Integration dev\.azure\.com\/acme/).click();
      await ona.details.waitFor('dev.azure.com/acme');
      const document = await ona.details.document();
      await document.evaluate(AXE);
      const check = async () => {
        const { violations, passes } = await document.evaluate<AxeResults>('axe.run()');
        assert.ok(passes.length > 10, 'axe-core looked at the page');
        assert.deepEqual(
          violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
          [],
        );
      };
      await check();
      scene.sandbox.organization.integrations = [];
      await ona.titleAction('Refresh').click();
      await ona.details.notice.getByText('no longer exists').waitFor();
      await check();
    });
  }
});
