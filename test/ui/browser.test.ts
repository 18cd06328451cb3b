import assert from 'node:assert/strict';
import { actionableError } from '../sandbox/errorDetails.ts';
import { runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { signedOutTest, test } from './test.ts';

test.describe('opening pages in the browser', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  /** VS Code asks, naming the address, before it opens a page of an unknown host. */
  async function refuse(url: string): Promise<void> {
    await ona.modal.getByText('external website').waitFor();
    const address = ona.modal.getByText(url, { exact: true });
    await address.waitFor();
    await ona.modal.getByRole('button', { name: 'Cancel' }).click();
    // The question about the next address may follow at once.
    await address.waitFor({ state: 'detached' });
  }

  test('opens the host of an integration, its virtual directory included', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration tfs\.acme\.example/), 'Open Host in Browser');
    await refuse('https://tfs.acme.example/tfs');
  });

  test('opens several, one after another', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click();
    const last = ona.row(/^Integration dev\.azure\.com/);
    await last.click({ modifiers: ['Shift'] });
    await ona.contextMenu(last, 'Open Host in Browser');
    await refuse('https://bitbucket.org/');
    await refuse('https://dev.azure.com/acme');
  });

  test('opens no host that is no address', async () => {
    const { integrations } = scene.sandbox.organization;
    const tfs = integrations.find(({ host }) => host === 'tfs.acme.example');
    await ona.expand(/^Runner us-staging/);
    Object.assign(tfs ?? {}, { host: 'javascript:alert(1)' });
    await scene.refresh(ona);
    await ona.contextMenu(ona.row(/^Integration javascript/), 'Open Host in Browser');
    await ona.notification('"javascript:alert(1)/tfs" is not a web address');
  });

  test('asks before it opens many', async () => {
    const { integrations } = scene.sandbox.organization;
    const runnerId = integrations.find(({ host }) => host === 'bitbucket.org')?.runnerId ?? '';
    scene.sandbox.organization.integrations = Array.from({ length: 11 }, (_, i) => ({
      id: `many-${i}`,
      runnerId,
      scmId: 'github',
      host: `host-${i}.example`,
    }));
    await scene.refresh(ona);
    await ona.expand(/^Runner eu-production: .*11 integrations/);
    await ona.row(/^Integration host-0\.example/).click();
    const last = ona.row(/^Integration host-10\.example/);
    await last.click({ modifiers: ['Shift'] });
    await ona.contextMenu(last, 'Open Host in Browser');
    await ona.modal.getByText('Open 11 pages?').waitFor();
    await ona.modal.getByRole('button', { name: 'Open All' }).click();
    for (const { host } of scene.sandbox.organization.integrations) {
      await refuse(`https://${host}/`);
    }
  });

  /** In a remote workbench, VS Code forwards the machine's ports. */
  const dashboardOf = ({ sandbox }: Scene, page = '') =>
    new RegExp(`\\b${new URL(sandbox.url).port}/settings/runners${page}$`);
  const pageOf = (runner: string) =>
    dashboardOf(scene, `/${runnerNamed(scene.sandbox.organization, runner).runnerId ?? '-'}`);

  /** The address that an action opens, without a question because it is on this machine. */
  async function opened(act: () => Promise<void>): Promise<string> {
    const popup = ona.page.waitForEvent('popup');
    await act();
    return (await popup).url();
  }

  test("opens a runner's page in the dashboard, also from its integrations and its details", async () => {
    const title = 'Open Runner Settings in Browser';
    assert.match(await opened(() => ona.contextMenu(ona.row(/^Runner lab/), title)), pageOf('lab'));
    await ona.expand(/^Runner us-staging/);
    const tfs = /^Integration tfs\.acme\.example/;
    assert.match(await opened(() => ona.contextMenu(ona.row(tfs), title)), pageOf('us-staging'));
    await ona.showDetails(tfs, 'tfs.acme.example');
    const button = ona.details.frame.locator('footer').getByRole('button', { name: 'Runner Settings' });
    assert.match(await opened(() => button.click()), pageOf('us-staging'));
  });

  test("opens the dashboard's list for runners without a page, and where nothing is selected", async () => {
    const title = 'Open Runner Settings in Browser';
    assert.match(await opened(() => ona.runCommand(title)), dashboardOf(scene));
    for (const runner of [/^Runner Local runners/, /^Runner Unknown runner/]) {
      assert.match(await opened(() => ona.contextMenu(ona.row(runner), title)), dashboardOf(scene));
    }
  });

  test('opens the link of an API error exactly as it was sent', async () => {
    const link = 'https://help.acme.example/kb?next=%2Fsettings%3Ftab%3Dscm%26x%3D1%23top';
    const answer = actionableError({
      userMessage: 'Your organization has been suspended.',
      actions: [{ label: 'Read More', externalUrl: link }],
    });
    scene.sandbox.faults.set('ListRunners', {
      kind: 'connect',
      code: 'failed_precondition',
      message: 'suspended',
      details: [answer],
    });
    await ona.refresh();
    await ona.runCommand('What Is Wrong?');
    await ona.notification(/Your organization has been suspended\./);
    await ona.page
      .context()
      .route('https://help.acme.example/**', (route) => route.fulfill({ body: 'help' }));
    const address = await opened(async () => {
      await ona.notifications.getByRole('button', { name: 'Read More' }).click();
      await ona.modal.getByText(link, { exact: true }).waitFor();
      await ona.modal.getByRole('button', { name: 'Open', exact: true }).click();
    });
    assert.equal(address, link);
  });

  signedOutTest("opens the dashboard's runners where nobody is signed in", async () => {
    await ona.button('Sign In').waitFor();
    assert.match(await opened(() => ona.runCommand('Open Runner Settings in Browser')), dashboardOf(scene));
  });

  test('opens the documentation of a provider, or the overview', async () => {
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(ona.row(/^Integration tfs\.acme\.example/), 'Open Provider Documentation');
    await refuse('https://ona.com/docs/ona/source-control/azuredevops');
    await ona.expand(/^Runner gcp-analytics/);
    await ona.contextMenu(ona.row(/^Integration git\.müller\.example/), 'Open Provider Documentation');
    await refuse('https://ona.com/docs/ona/source-control/overview');
  });
});
