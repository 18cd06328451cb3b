import assert from 'node:assert/strict';
import { detailsModel, emptyModel } from '../../src/views/details/detailsModel.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { sampleOrganization, SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/sampleOrganization.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { integrationEntry, runnerEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { test } from './test.ts';

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

const asOf = new Date('2026-11-27T14:02:31Z');

/** What the panel says of an integration, or of a runner where no host is named. */
function modelOf(organization: SandboxOrganization, runner: string, host?: string, pinned = false) {
  const runners = sampleEntries(organization);
  const entry = host === undefined ? runnerEntry(runners, runner) : integrationEntry(runners, runner, host);
  return detailsModel(entry, runners, { asOf, pinned });
}

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
      'Runner: Message': staging.status?.message,
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
      'Runner: Capabilities': 'fetch local SCM integrations, list SCM organizations, check repository access',
      'Runner: System': 'linux/amd64',
      'Runner: stack': 'ona-us-east-1',
      'Runner: Runner manager ID': 'none: not operated by Ona',
      'Runner: Created by': `user, ${staging.creator?.id}`,
      'Runner: Created': 'Mar 10, 2025, 10:00',
      'Runner: Changed': 'Jul 30, 2026, 16:20',
      'Runner: Last heard of': 'Aug 18, 2026, 07:45',
      'Same Host on Other Runners: None': 'no other runner has an integration for this host',
    });
    assert.deepEqual(await details.hints(), {});
    await details.frame.locator('footer').getByText('As of 14:02:31').waitFor();
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
    assert.deepEqual(await abilities('gcp-analytics', 'code.acme.example'), [
      'not configured; the runner decides whether it is supported',
      'configured',
      'not known; the runner decides',
    ]);
    assert.equal(await docs.getAttribute('href'), 'https://ona.com/docs/ona/source-control/overview');
    assert.deepEqual(await abilities('azure-preview', 'dev.azure.com/acme'), [
      'configured',
      'supported, not configured',
      'issuer URL, for OAuth',
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
        'OAuth for Azure DevOps needs one, such as https://login.microsoftonline.com/<tenant>/v2.0.',
      'Virtual directory': 'Azure DevOps does not use one.',
    });
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.hints(), {
      'Sign-in methods':
        'Personal access tokens are off, but they are the only way to sign in to Azure DevOps Server.',
      'Issuer URL': 'Azure DevOps Server does not use one.',
      'Virtual directory': 'Azure DevOps Server needs one, such as /tfs.',
      OAuth: 'Azure DevOps Server does not support it.',
    });
    await details.show(modelOf(organization, 'us-staging', 'github.acme.example'));
    assert.deepEqual(await details.hints(), { 'Sign-in methods': 'Nobody can sign in to this host.' });

    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.equal(Object.keys(await details.hints()).length, 4);
    tfs.pat = true;
    tfs.virtualDirectory = '/tfs';
    delete tfs.oauth;
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.hints(), {});
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
    assert.equal(fields['Integration: Sign-in methods'], 'OAuth, Personal access token');
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

  test('offers every action that can work, and none that cannot', async ({ details }) => {
    const organization = sampleOrganization();
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.actions(), [
      'Copy ID',
      'Open Host',
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Copy Link',
      'Copy as Terraform Import',
      'Runner Settings',
      'Documentation',
    ]);
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'ssh://tfs';
    delete tfs.id;
    await details.show(modelOf(organization, 'us-staging', 'ssh://tfs'));
    assert.deepEqual(await details.actions(), [
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Runner Settings',
      'Documentation',
    ]);
    assert.equal((await details.fields())['Integration: Integration ID'], 'not told');
    // What Ona operates cannot be taken over by Terraform.
    await details.show(modelOf(organization, 'Ona Cloud (eu)', 'github.com'));
    const ofManaged = await details.actions();
    assert.ok(ofManaged.includes('Copy Link') && !ofManaged.includes('Copy as Terraform Import'));
    await details.show(modelOf(organization, 'eu-production'));
    assert.deepEqual(await details.actions(), [
      'Copy Runner ID',
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Runner Settings',
    ]);
  });

  test('keeps focus, scroll position and what is open when its values change', async ({ details }) => {
    const organization = sampleOrganization();
    const model = () => modelOf(organization, 'us-staging', 'tfs.acme.example');
    const state = {
      ref: integrationEntry(sampleEntries(), 'us-staging', 'tfs.acme.example').ref,
      pinned: true,
    };
    await details.show(model(), state);
    await details.expandMore();
    assert.equal(await details.button('Copy Runner Manager ID').count(), 0, 'nothing to copy, no button');
    const button = details.button('Copy Version');
    await button.focus();
    await details.scroller.evaluate((node) => ((node as { scrollTop: number }).scrollTop = 120));
    const staging = runnerNamed(organization, 'us-staging');
    assert.ok(staging.status);
    staging.status.version = '20261124.1';
    await details.show(model(), state);
    await details.frame.getByText('20261124.1').waitFor();
    await details.frame.getByText('linux/amd64').waitFor();
    assert.equal(await details.page.evaluate('document.activeElement.ariaLabel'), 'Copy Version');
    assert.equal(await details.page.evaluate('document.documentElement.scrollTop'), 120);
    await details.button('Keep Open').press('Enter');
    assert.deepEqual((await details.sent()).at(-1), { type: 'action', id: 'onaScm.keepDetails' });
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example', true), state);
    await details.button('Keep Open').waitFor({ state: 'detached' });
    assert.equal(
      await details.page.evaluate('document.activeElement.innerText'),
      'Open Host',
      'the focus goes to what is beside',
    );
  });

  test('leads the keyboard to everything that can be done, in the order of the page', async ({ details }) => {
    await details.show(modelOf(sampleOrganization(), 'us-staging', 'tfs.acme.example'));
    await details.expandMore();
    const controls = details.frame.locator('main').locator('button:visible, a:visible, summary:visible');
    const nameOf = (node: unknown) => {
      const { innerText, ariaLabel } = node as { innerText: string; ariaLabel: string | null };
      return ariaLabel ?? innerText.trim();
    };
    const names = await Promise.all((await controls.all()).map((control) => control.evaluate(nameOf)));
    assert.ok(names.includes('Copy as curl') && names.includes('Copy Runner ID'));
    await controls.first().focus();
    const reached: string[] = [];
    while (reached.length < names.length) {
      const focused = await details.page.evaluateHandle('document.activeElement');
      reached.push(await focused.evaluate(nameOf));
      await details.page.keyboard.press('Tab');
    }
    assert.deepEqual(reached, names);
  });
});
