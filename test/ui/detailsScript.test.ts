import assert from 'node:assert/strict';
import { emptyModel } from '../../src/views/details/detailsModel.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { modelOf } from './modelOf.ts';
import { test } from './test.ts';

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

test.describe('the details page', () => {
  test('shows every field of an integration and its runner', async ({ details }) => {
    const organization = sampleOrganization();
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    const staging = runnerNamed(organization, 'us-staging');
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    await details.frame.locator('.subtitle').getByText('degraded').waitFor();
    assert.equal((await details.fields())['Runner: System'], undefined, 'rarer fields come when asked for');
    await details.expandMore();
    assert.deepEqual(await details.fields(), {
      'Integration: Host': 'tfs.acme.example',
      'Integration: Provider': 'Azure DevOps Server',
      'Integration: Sign-in methods': 'personal access token',
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
      'Runner: Message': staging.status?.message,
      'Runner: Last heard from': 'Aug 18, 2026, 07:45',
      'Runner: Runner ID': staging.runnerId,
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
      'Runner: Capabilities':
        'integrations for local runners, listing the organizations of a host, checking access to repositories',
      'Runner: System': 'linux/amd64',
      'Runner: stack': 'ona-us-east-1',
      'Runner: Runner manager ID': 'none: not managed by Ona',
      'Runner: Created by': `user, ${staging.creator?.id}`,
      'Runner: Created': 'Mar 10, 2025, 10:00',
      'Runner: Last changed': 'Jul 30, 2026, 16:20',
      'Same Host on Other Runners: None': 'no other runner has an integration for this host',
    });
    assert.deepEqual(await details.hints(), {});
    await details.frame
      .locator('footer')
      .getByText(/^As of .*14:02:31/)
      .waitFor();
  });

  test('offers a refresh if no values are known', async ({ details }) => {
    const { ref } = integrationEntry(sampleEntries(), 'us-staging', 'tfs.acme.example');
    await details.show(emptyModel(ref));
    await details.button('Refresh').click();
    assert.deepEqual((await details.sent()).at(-1), { type: 'action', id: 'onaScm.refresh' });
  });

  test('says what a provider can do, and what of it is configured', async ({ details }) => {
    const abilities = async (runner: string, host: string) => {
      await details.show(modelOf(sampleOrganization(), runner, host));
      const fields = await details.fields();
      return ['OAuth', 'Personal access token', 'Extra settings'].map((name) => fields[`Provider: ${name}`]);
    };
    const docs = details.frame.getByRole('link', { name: /^ona\.com/ });
    assert.deepEqual(await abilities('gcp-analytics', 'git.müller.example'), [
      'not configured; support depends on the runner',
      'configured',
      'unknown; depends on the runner',
    ]);
    assert.equal(await docs.getAttribute('href'), 'https://ona.com/docs/ona/source-control/overview');
    assert.deepEqual(await abilities('azure-preview', 'dev.azure.com/acme'), [
      'configured',
      'supported, not configured',
      'issuer URL (for OAuth)',
    ]);
    assert.deepEqual(await abilities('eu-production', 'bitbucket.org'), [
      'configured',
      'planned by Ona',
      'none needed',
    ]);
    assert.equal(await docs.getAttribute('href'), 'https://ona.com/docs/ona/source-control/overview');
  });

  test('hints at a configuration that looks wrong, on the field concerned', async ({ details }) => {
    const organization = sampleOrganization();
    const azure = integrationAt(organization, 'eu-production', 'dev.azure.com/acme');
    azure.oauth = { clientId: 'acme-entra' };
    azure.virtualDirectory = '/tfs';
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    delete tfs.virtualDirectory;
    tfs.pat = false;
    tfs.oauth = { clientId: 'tfs', issuerUrl: 'https://login.acme.example' };
    await details.show(modelOf(organization, 'eu-production', 'dev.azure.com/acme'));
    assert.deepEqual(await details.hints(), {
      'Issuer URL':
        'OAuth for Azure DevOps requires an issuer URL, such as https://login.microsoftonline.com/<tenant>/v2.0.',
      'Virtual directory': 'A virtual directory is set, but Azure DevOps does not use it.',
    });
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.hints(), {
      'Sign-in methods':
        'Personal access tokens are off, but they are the only way to sign in to Azure DevOps Server.',
      'Issuer URL': 'An issuer URL is set, but Azure DevOps Server does not use it.',
      'Virtual directory': 'Azure DevOps Server requires a virtual directory, such as /tfs.',
      OAuth: 'Azure DevOps Server does not support OAuth.',
    });
    await details.show(modelOf(organization, 'us-staging', 'github.acme.example'));
    assert.deepEqual(await details.hints(), {
      'Sign-in methods': 'Nobody can sign in to github.acme.example: no sign-in method is configured.',
    });

    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.equal(Object.keys(await details.hints()).length, 4);
    tfs.pat = true;
    tfs.virtualDirectory = '/tfs';
    delete tfs.oauth;
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.hints(), {});
  });

  test('leads to an international host and to any path, and shows the name in ASCII', async ({ details }) => {
    const organization = sampleOrganization();
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'tfs.müller.example';
    tfs.virtualDirectory = '/tfs/Default Collection';
    await details.show(modelOf(organization, 'us-staging', tfs.host));
    assert.equal(
      (await details.fields())['Integration: Host'],
      'tfs.müller.example, ASCII form: tfs.xn--mller-kva.example',
    );
    assert.equal(
      await details.frame.getByRole('link', { name: 'tfs.müller.example' }).getAttribute('href'),
      'https://tfs.xn--mller-kva.example/tfs/Default%20Collection',
    );
  });

  test('names the same host on other runners, how they are, and leads there', async ({ details }) => {
    const organization = sampleOrganization();
    await details.show(modelOf(organization, 'gcp-analytics', 'gitlab.com'));
    const fields = await details.fields();
    assert.equal(fields['Same Host on Other Runners: frankfurt-old'], 'personal access token, being deleted');
    assert.equal(fields['Same Host on Other Runners: Unknown runner 3f2a6c1e'], 'OAuth');
    await details.button('frankfurt-old').click();
    const { runnerId, id, scmId, host } = integrationAt(organization, 'frankfurt-old', 'gitlab.com');
    assert.deepEqual((await details.sent()).at(-1), {
      type: 'open',
      ref: { kind: 'integration', runnerId, id, scmId, host },
    });
    await details.show(modelOf(organization, 'frankfurt-old', 'gitlab.com'));
    await details.frame.getByText('GitLab on frankfurt-old').waitFor();
    await details.frame.locator('.subtitle').getByText('being deleted').waitFor();
  });

  test('shows OAuth with its client, and that a secret is set, but not the secret', async ({ details }) => {
    const organization = sampleOrganization();
    await details.show(modelOf(organization, 'eu-production', 'dev.azure.com/acme'));
    const azure = integrationAt(organization, 'eu-production', 'dev.azure.com/acme');
    const fields = await details.fields();
    assert.equal(fields['Integration: Sign-in methods'], 'OAuth, personal access token');
    assert.equal(fields['Integration: OAuth client ID'], azure.oauth?.clientId);
    assert.equal(fields['Integration: OAuth client secret'], 'set (encrypted for the runner; never shown)');
    assert.equal(fields['Integration: Issuer URL'], azure.oauth?.issuerUrl);
    const link = details.frame.getByRole('link', { name: 'dev.azure.com/acme' });
    assert.equal(await link.getAttribute('href'), 'https://dev.azure.com/acme');
    const content = await details.page.content();
    assert.ok(!content.includes(SECRET_MARKER) && !content.includes(SECRET_MARKER_BASE64));
  });

  test('shows hostile values as text', async ({ details }) => {
    const organization = sampleOrganization();
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'javascript:alert(1)';
    tfs.oauth = { clientId: HOSTILE, issuerUrl: 'x'.repeat(10_000) };
    await details.show(modelOf(organization, 'us-staging', 'javascript:alert(1)'));
    const fields = await details.fields();
    assert.equal(fields['Integration: OAuth client ID'], HOSTILE);
    assert.equal(fields['Integration: Issuer URL'], 'x'.repeat(10_000));
    const links = await details.frame.locator('main a').evaluateAll((all) => all.map(String));
    assert.deepEqual(links, ['https://ona.com/docs/ona/source-control/azuredevops']);
    assert.equal(await details.frame.locator('main img, main script').count(), 0);
    assert.equal(await details.page.title(), 'Ona SCM');
    assert.equal(
      await details.scroller.evaluate((node) => {
        const { scrollWidth, clientWidth } = node as { scrollWidth: number; clientWidth: number };
        return scrollWidth > clientWidth;
      }),
      false,
      'nothing sticks out sideways',
    );
  });
});
