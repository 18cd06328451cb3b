import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CheckAuthenticationForHostResponseJson } from '../sandbox/gen/gitpod/v1/runner_pb.js';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { signedOutTest, test } from './test.ts';
import { until } from './until.ts';

const PAGE = /\/settings\/git-authentications$/;
const AUTH_URL = 'https://bitbucket.org/authorize?state=never-to-be-seen';

test.describe('connecting', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(async ({ scene: stage }) => {
    scene = stage;
    // What a runner has answered stays until the session ends, so no other test could use the window.
    ona = await scene.newWindow();
    await ona.openView();
    await ona.settle();
  });

  const asked = () =>
    scene.sandbox.requests.filter(({ method }) => method === 'CheckAuthenticationForHost').length;

  /** What eu-production says about a host, one answer after the other. */
  const answer = (host: string, ...answers: CheckAuthenticationForHostResponseJson[]) => {
    const { runnerId = '' } = runnerNamed(scene.sandbox.organization, 'eu-production');
    scene.sandbox.organization.access = [{ runnerId, host, answers }];
    return runnerId;
  };

  /** The page that an action opens, without a question because it is on this machine. */
  async function opened(act: () => Promise<void>): Promise<string> {
    const popup = ona.page.waitForEvent('popup');
    await act();
    const page = await popup;
    await page.close();
    return page.url();
  }

  const row = (host: RegExp) => ona.row(new RegExp(`^Integration ${host.source}`));

  test('opens the dashboard, and the row works once the runner says that the person is signed in', async () => {
    const { tokens = [], user } = scene.sandbox.organization;
    const integration = integrationAt(scene.sandbox.organization, 'eu-production', 'bitbucket.org');
    const oauth = { supportsOauth2: { authUrl: AUTH_URL } };
    const runnerId = answer('bitbucket.org', oauth, oauth, { authenticated: true, ...oauth });
    await ona.expand(/^Runner eu-production/);
    await row(/bitbucket\.org.*not signed in/).waitFor();
    assert.match(await opened(() => ona.contextMenu(row(/bitbucket\.org/), 'Connect…')), PAGE);
    await ona.notification('Waiting for your sign-in to bitbucket.org on eu-production…');
    tokens.push({
      id: randomUUID(),
      runnerId,
      host: 'bitbucket.org',
      subject: { id: user.id, principal: 'PRINCIPAL_USER' },
      userId: user.id,
      source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
      integrationId: integration.id ?? '',
    });
    await ona.notification('You are signed in to bitbucket.org on eu-production.');
    await row(/bitbucket\.org: works/).waitFor();
    // Still so with the sign-in that is now on record.
    await ona.refresh();
    await ona.showDetails(/^Integration bitbucket\.org: works/, 'bitbucket.org');
    await ona.details.frame.getByText(/a sign-in of yours is on record: OAuth/).waitFor();
    await ona.details.frame.getByText('Works', { exact: true }).waitFor();
    assert.equal(asked(), 3);
    assert.ok(!(await ona.page.content()).includes('never-to-be-seen'));
  });

  test('is offered in the details, and asks once more when the person returns', async () => {
    const no = { supportsOauth2: {} };
    answer('bitbucket.org', no, { authenticated: true, ...no });
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    const status = ona.details.frame.getByRole('region', { name: 'Status' });
    await status.getByText('no sign-in of yours is on record').waitFor();
    const button = status.getByRole('button', { name: 'Connect…' });
    assert.match(await opened(() => button.press('Enter')), PAGE);
    await ona.comeBack();
    await ona.notification('You are signed in to bitbucket.org on eu-production.');
    await status.getByText('Works', { exact: true }).waitFor();
    await button.waitFor({ state: 'detached' });
  });

  test('is a link in the tooltip, for that row and no other', async () => {
    answer('bitbucket.org', { supportsOauth2: {} });
    await ona.expand(/^Runner eu-production/);
    const tooltip = await ona.tooltip(row(/bitbucket\.org/));
    assert.ok(tooltip.text.includes('Connect…'), tooltip.text);
    const link = ona.page.locator('.monaco-hover:visible').getByText('Connect…');
    assert.match(await opened(() => link.click()), PAGE);
    await ona.notification('Waiting for your sign-in to bitbucket.org on eu-production…');
    const waiting = ona.notifications.getByRole('dialog', { name: /Waiting for your sign-in/ });
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waiting.waitFor({ state: 'detached' });
    const count = asked();
    await ona.comeBack();
    await ona.refresh();
    assert.equal(asked(), count);
  });

  test('tells what a token needs, before it opens the page of the host', async () => {
    const host = 'gitlab.acme.example:8443';
    const createUrl = `https://${host}/-/user_settings/personal_access_tokens`;
    const requiredScopes = ['api', 'read_user'];
    answer(host, { supportsPat: { createUrl, example: 'glpat-xxxx', requiredScopes } });
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(row(/gitlab\.acme/), 'Connect…');
    await ona.modal.getByRole('button', { name: 'Create a Personal Access Token…' }).click();
    await ona.modal.getByText('Create a personal access token for gitlab.acme.example:8443').waitFor();
    await ona.modal.getByText(/Scopes: api, read_user.*Example: glpat-xxxx/).waitFor();
    await ona.modal.getByRole('button', { name: 'Copy Scopes' }).click();
    await until(() => ona.clipboard(), 'api, read_user');
    await ona.modal.getByRole('button', { name: 'Open Token Page' }).click();
    // The page is opened without a question of ours; VS Code has one.
    await ona.page.context().route(`https://${host}/**`, (route) => route.fulfill({ body: 'tokens' }));
    const tokens = await opened(async () => {
      await ona.modal.getByText(createUrl, { exact: true }).waitFor();
      await ona.modal.getByRole('button', { name: 'Open', exact: true }).click();
    });
    assert.equal(tokens, createUrl);
    await ona.notification('Enter the new token on the Git Authentications page of the dashboard.');
    const enter = ona.notifications.getByRole('button', { name: 'Open Git Authentications' });
    assert.match(await opened(() => enter.click()), PAGE);
    await ona.notification(/^Waiting for your sign-in to gitlab\.acme/);
  });

  test('shows the whole address of a page on another host, which can be declined', async () => {
    const createUrl = 'https://gitlab.acme.example:8443@gitlаb.example/tokens?a=%2F';
    answer('gitlab.acme.example:8443', { supportsPat: { createUrl } });
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(row(/gitlab\.acme/), 'Connect…');
    await ona.modal.getByRole('button', { name: 'Create a Personal Access Token…' }).click();
    await ona.modal.getByRole('button', { name: 'Open Token Page' }).click();
    await ona.modal.getByText('Open a page on another host?').waitFor();
    await ona.modal.getByText('https://xn--gitlb-7ve.example/tokens?a=%2F').waitFor();
    await ona.modal.getByRole('button', { name: 'Cancel' }).click();
    await ona.modal.waitFor({ state: 'detached' });
    assert.equal(ona.page.context().pages().length, 1, 'nothing was opened');
  });

  test('opens nothing but https addresses, and says so', async () => {
    answer('gitlab.acme.example:8443', { supportsPat: { createUrl: 'http://gitlab.acme.example/tokens' } });
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(row(/gitlab\.acme/), 'Connect…');
    await ona.modal.getByRole('button', { name: 'Create a Personal Access Token…' }).click();
    await ona.modal.getByText(/because it is not https: http:\/\/gitlab\.acme\.example\/tokens/).waitFor();
    assert.equal(await ona.modal.getByRole('button', { name: 'Open Token Page' }).count(), 0);
    const enter = ona.modal.getByRole('button', { name: 'Open Git Authentications' });
    assert.match(await opened(() => enter.click()), PAGE);
  });

  test('says that the person is signed in, and offers to renew a token that ends', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(row(/github\.com/), 'Connect…');
    await ona.notification('You are signed in to github.com on eu-production.');
    await ona.showDetails(/^Integration gitlab\.acme/, 'gitlab.acme.example:8443');
    const reason = ona.details.frame
      .getByRole('listitem')
      .filter({ hasText: 'Your personal access token for' });
    await reason.getByRole('button', { name: 'Connect…' }).click();
    await ona.notification(/^You are signed in to gitlab\.acme.* Your personal access token .* ends on /);
    await ona.notifications.getByRole('button', { name: 'Renew…' }).click();
    const renewal = ona.modal.getByRole('button', { name: 'Sign In on the Dashboard' });
    assert.match(await opened(() => renewal.click()), PAGE);
    const token = scene.sandbox.organization.tokens?.find(({ host }) => host === 'gitlab.acme.example:8443');
    delete token?.expiresAt;
    await ona.comeBack();
    await row(/gitlab\.acme\.example:8443: works/).waitFor();
  });

  test('says that the integration is gone, if the details still show it', async () => {
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration bitbucket\.org/, 'bitbucket.org');
    const button = ona.details.button('Connect…');
    await button.waitFor();
    const { organization } = scene.sandbox;
    organization.integrations = organization.integrations.filter(({ host }) => host !== 'bitbucket.org');
    await ona.refresh();
    await ona.details.notice.getByText('no longer exists').waitFor();
    await button.click();
    await ona.notification('This integration no longer exists, or the API key does not have access to it.');
    assert.equal(asked(), 0);
  });

  test('leads to the dashboard, but waits for nothing, where no runner can be asked', async () => {
    await ona.runCommand('Connect…');
    await ona.pick(/^gitlab\.com.*frankfurt-old/);
    await ona.notification(/^frankfurt-old is not active, so it cannot be asked\. You can sign in on/);
    const button = ona.notifications.getByRole('button', { name: 'Open Git Authentications' });
    assert.match(await opened(() => button.click()), PAGE);
    await ona.comeBack();
    await ona.expand(/^Runner us-staging/);
    await ona.contextMenu(row(/github\.acme\.example/), 'Connect…');
    await ona.notification('Nobody can sign in to github.acme.example: no sign-in method is configured.');
    assert.equal(asked(), 0);
  });
});

signedOutTest.describe('connecting with the key of a service account', () => {
  signedOutTest('is not offered, but explained', async ({ scene, ona }) => {
    scene.sandbox.keys.set('service-account-key', { principal: 'serviceAccount', id: randomUUID() });
    await ona.signIn('service-account-key', 'stranger');
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration bitbucket\.org/).click({ button: 'right' });
    await ona.page.getByRole('menuitem', { name: 'Open Host in Browser' }).waitFor();
    assert.equal(await ona.page.getByRole('menuitem', { name: 'Connect…' }).count(), 0);
    await ona.page.keyboard.press('Escape');
    await ona.runCommand('Connect…');
    await ona.pick(/^bitbucket\.org/);
    await ona.notification(/^This API key belongs to the service account .* through the API or Terraform/);
  });
});
