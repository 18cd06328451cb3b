import assert from 'node:assert/strict';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/sampleOrganization.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

test.describe('fields of the details panel', () => {
  let scene: Scene;
  let ona: OnaPage;

  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const integrationAt = (runner: string, host: string) => {
    const { runners, integrations } = scene.sandbox.organization;
    const runnerId = runners.find(({ name }) => name === runner)?.runnerId;
    const found = integrations.find(
      (candidate) => candidate.runnerId === runnerId && candidate.host === host,
    );
    assert.ok(found);
    return found;
  };

  test('shows every field of an integration and its runner', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration tfs\.acme\.example/).click();
    await ona.details.waitFor('tfs.acme.example');
    const tfs = integrationAt('us-staging', 'tfs.acme.example');
    const staging = scene.sandbox.organization.runners.find(({ name }) => name === 'us-staging');
    await ona.details.frame.locator('.subtitle').getByText('degraded').waitFor();
    await ona.details.expandMore();
    assert.deepEqual(await ona.details.fields(), {
      'Integration: Host': 'tfs.acme.example',
      'Integration: Provider': 'Azure DevOps Server',
      'Integration: Sign-in methods': 'Personal access token',
      'Integration: Integration ID': tfs.id,
      'Integration: Provider ID': 'azuredevops_server',
      'Integration: OAuth client ID': 'OAuth is not configured',
      'Integration: OAuth client secret': 'OAuth is not configured',
      'Integration: Issuer URL': 'OAuth is not configured',
      'Integration: Virtual directory': '/tfs',
      'Provider: OAuth': 'not supported',
      'Provider: Personal access token': 'configured',
      'Provider: Extra settings': 'virtual directory',
      'Provider: Documentation': 'ona.com/docs/ona/source-control/azuredevops',
      'Runner: Name': 'us-staging',
      'Runner: Phase': 'degraded',
      'Runner: Message': staging?.status?.message,
      'Runner: Runner ID': staging?.runnerId,
      'Runner: Kind': 'remote',
      'Runner: Infrastructure': 'AWS EC2',
      'Runner: Region': 'us-east-1',
      'Runner: Version': '20260801.120',
      'Runner: Desired phase': 'active',
      'Runner: Variant': 'standard',
      'Runner: Release channel': 'latest',
      'Runner: Auto update': 'on',
      'Runner: Update window': 'at any time',
      'Runner: Log level': 'info',
      'Runner: Image cache': 'off',
      'Runner: Continuous profiling': 'off',
      'Runner: Metrics': 'on',
      'Runner: Metrics URL': 'https://metrics.acme.example/api/v1/push',
      'Runner: Gateway': 'gateway-us-east-1',
      'Runner: Gateway region': 'us-east-1',
      'Runner: Capabilities': 'fetch local SCM integrations, list SCM organizations, check repository access',
      'Runner: System': 'linux/amd64',
      'Runner: stack': 'ona-us-east-1',
      'Runner: Runner manager ID': 'none: not operated by Ona',
      'Runner: Created by': `user, ${staging?.creator?.id}`,
      'Runner: Created': 'Mar 10, 2025, 10:00',
      'Runner: Changed': 'Jul 30, 2026, 16:20',
      'Runner: Last heard of': 'Aug 18, 2026, 07:45',
      'Same Host on Other Runners: None': 'no other runner has an integration for this host',
    });
    assert.deepEqual(await ona.details.frame.locator('.hint').allInnerTexts(), []);
  });

  test('says what a provider can do, and what of it is configured', async () => {
    const abilities = async (runner: RegExp, integration: RegExp) => {
      await ona.expand(runner);
      await ona.row(integration).first().click();
      await ona.details.frame
        .locator('.subtitle')
        .getByText(runner.source.slice('^Runner '.length))
        .waitFor();
      const fields = await ona.details.fields();
      return ['OAuth', 'Personal access token', 'Extra settings'].map((name) => fields[`Provider: ${name}`]);
    };
    assert.deepEqual(await abilities(/^Runner gcp-analytics/, /^Integration code\.acme\.example/), [
      'not configured; the runner decides whether it is supported',
      'configured',
      'not known; the runner decides',
    ]);
    assert.deepEqual(await abilities(/^Runner azure-preview/, /^Integration dev\.azure\.com/), [
      'configured',
      'supported, not configured',
      'issuer URL, for OAuth',
    ]);
    assert.deepEqual(await abilities(/^Runner eu-production/, /^Integration bitbucket/), [
      'configured',
      'planned by Ona',
      'none needed',
    ]);
    const docs = ona.details.frame.getByRole('link', { name: /^ona\.com/ });
    assert.equal(await docs.getAttribute('href'), 'https://ona.com/docs/ona/source-control/overview');
  });

  test('hints at a configuration that looks wrong, on the field concerned', async () => {
    const azure = integrationAt('eu-production', 'dev.azure.com/acme');
    azure.oauth = { clientId: 'acme-entra' };
    azure.virtualDirectory = '/tfs';
    const tfs = integrationAt('us-staging', 'tfs.acme.example');
    delete tfs.virtualDirectory;
    tfs.pat = false;
    tfs.oauth = { clientId: 'tfs', issuerUrl: 'https://login.acme.example' };
    await ona.refresh();
    await ona.expand(/^Runner us-staging/);
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration dev\.azure\.com/).click();
    await ona.details.waitFor('dev.azure.com/acme');
    assert.deepEqual(await ona.details.hints(), {
      'Issuer URL':
        'OAuth for Azure DevOps needs one, such as https://login.microsoftonline.com/<tenant>/v2.0.',
      'Virtual directory': 'Azure DevOps does not use one.',
    });
    await ona.row(/^Integration tfs/).click();
    await ona.details.waitFor('tfs.acme.example');
    assert.deepEqual(await ona.details.hints(), {
      'Sign-in methods':
        'Personal access tokens are off, but they are the only way to sign in to Azure DevOps Server.',
      'Issuer URL': 'Azure DevOps Server does not use one.',
      'Virtual directory': 'Azure DevOps Server needs one, such as /tfs.',
      OAuth: 'Azure DevOps Server does not support it.',
    });
    await ona.row(/^Integration github\.acme/).click();
    await ona.details.waitFor('github.acme.example');
    assert.deepEqual(await ona.details.hints(), { 'Sign-in methods': 'Nobody can sign in to this host.' });

    tfs.pat = true;
    tfs.virtualDirectory = '/tfs';
    delete tfs.oauth;
    await ona.row(/^Integration tfs/).click();
    await ona.details.waitFor('tfs.acme.example');
    await ona.titleAction('Refresh').click();
    await ona.details.frame.locator('.hint').first().waitFor({ state: 'detached' });
    assert.deepEqual(await ona.details.hints(), {});
  });

  test('leads to the same host on other runners, and says how they are', async () => {
    await ona.expand(/^Runner gcp-analytics/);
    await ona.row(/^Integration gitlab\.com/).click();
    await ona.details.waitFor('gitlab.com');
    const fields = await ona.details.fields();
    assert.equal(fields['Same Host on Other Runners: frankfurt-old'], 'personal access token, being deleted');
    assert.equal(fields['Same Host on Other Runners: Unknown runner 3f2a6c1e'], 'OAuth');
    await ona.details.button('frankfurt-old').click();
    await ona.details.frame.getByText('GitLab on frankfurt-old').waitFor();
    await ona.details.frame.locator('.subtitle').getByText('being deleted').waitFor();
  });

  test('shows OAuth with its client, and that a secret is set, but not the secret', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration dev\.azure\.com\/acme/).click();
    await ona.details.waitFor('dev.azure.com/acme');
    const azure = integrationAt('eu-production', 'dev.azure.com/acme');
    const fields = await ona.details.fields();
    assert.equal(fields['Integration: Sign-in methods'], 'OAuth, Personal access token');
    assert.equal(fields['Integration: OAuth client ID'], azure.oauth?.clientId);
    assert.equal(fields['Integration: OAuth client secret'], 'set (encrypted for the runner; never shown)');
    assert.equal(fields['Integration: Issuer URL'], azure.oauth?.issuerUrl);
    const link = ona.details.frame.getByRole('link', { name: 'dev.azure.com/acme' });
    assert.equal(await link.getAttribute('href'), 'https://dev.azure.com/acme');

    const document = await ona.details.document();
    const content = await document.content();
    assert.ok(!content.includes(SECRET_MARKER) && !content.includes(SECRET_MARKER_BASE64));
  });

  test('shows hostile values as text', async () => {
    const tfs = integrationAt('us-staging', 'tfs.acme.example');
    tfs.host = 'javascript:alert(1)';
    tfs.oauth = { clientId: HOSTILE, issuerUrl: 'x'.repeat(10_000) };
    await ona.refresh();
    await ona.expand(/^Runner us-staging/);
    await ona.row(/^Integration javascript/).click();
    await ona.details.waitFor('javascript:alert(1)');
    const fields = await ona.details.fields();
    assert.equal(fields['Integration: OAuth client ID'], HOSTILE);
    assert.equal(fields['Integration: Issuer URL'], 'x'.repeat(10_000));
    const links = await ona.details.frame.locator('main a').evaluateAll((all) => all.map(String));
    assert.deepEqual(links, ['https://ona.com/docs/ona/source-control/azuredevops']);
    assert.equal(await ona.details.frame.locator('main img, main script').count(), 0);
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
});
