import assert from 'node:assert/strict';
import { integrationAt } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { signedOutTest as test } from './test.ts';

test.describe('a link to an integration', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const openLink = async (link: string) => {
    await ona.runCommand('Open Link', 'Companion');
    await ona.page.locator('.quick-input-message', { hasText: "Press 'Enter' to confirm" }).waitFor();
    await ona.input.fill(link);
    await ona.page.keyboard.press('Enter');
  };

  const copiedLink = async (runner: RegExp, integration: RegExp) => {
    await ona.expand(runner);
    await ona.select(integration);
    // A webview that is still loading can take the focus, which would close the quick pick.
    await ona.details.frame.locator('h1').waitFor();
    await ona.runCommand('Copy Link');
    await ona.pick(/^Link for VS Code on a Desktop/);
    await ona.statusBar('Copied the link').waitFor();
    const link = await ona.clipboard();
    assert.match(link, /^vscode:/);
    // This editor is in a browser, and has another scheme.
    return link.replace('vscode:', 'code-oss:');
  };

  const selected = (name: RegExp) => ona.view.getByRole('treeitem', { name, selected: true });

  test('shows it in the tree and its details, wherever one is', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    const link = await copiedLink(/^Runner us-staging/, /^Integration tfs\.acme/);
    assert.match(
      link,
      /^code-oss:\/\/ona-community\.ona-scm-integrations\/integration\/[\da-f-]{36}\?runner=[\da-f-]{36}$/,
    );
    await ona.row(/^Runner lab/).click();
    await ona.page.getByRole('tab', { name: /^Explorer/ }).click();
    await ona.row(/^Runner lab/).waitFor({ state: 'hidden' });
    await openLink(`${link}&utm_source=chat`);
    await selected(/^Integration tfs\.acme\.example/).waitFor();
    await ona.details.waitFor('tfs.acme.example');
  });

  test('leads to an integration whatever its ID is', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    const tfs = integrationAt(scene.sandbox.organization, 'us-staging', 'tfs.acme.example');
    tfs.id = 'a&b=c+d%2F/é#(1)';
    // Makes its new row look different, because a click on the old one selects nothing.
    tfs.oauth = {};
    await scene.refresh(ona);
    const link = await copiedLink(/^Runner us-staging/, /^Integration tfs\.acme.*OAuth/);
    await ona.row(/^Runner lab/).click();
    await openLink(link);
    await selected(/^Integration tfs\.acme\.example/).waitFor();
    await ona.details.frame.getByText(tfs.id, { exact: true }).waitFor();
  });

  test('asks to sign in first, and goes on then', async () => {
    await ona.openView();
    await ona.button('Sign In').waitFor();
    const { integrations } = scene.sandbox.organization;
    const { id = '', runnerId = '' } = integrations.find(({ host }) => host === 'bitbucket.org') ?? {};
    await openLink(`code-oss://ona-community.ona-scm-integrations/integration/${id}?runner=${runnerId}`);
    await ona.notification('Sign in to Ona first.');
    await ona.notifications.getByRole('button', { name: 'Sign In' }).click();
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await selected(/^Integration bitbucket\.org/).waitFor();
    await ona.details.waitFor('bitbucket.org');
  });

  test('finds what is younger than the rows', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    const link = await copiedLink(/^Runner us-staging/, /^Integration tfs\.acme/);
    const { organization } = scene.sandbox;
    const tfs = organization.integrations.find(({ host }) => host === 'tfs.acme.example');
    organization.integrations.push({ ...tfs, id: 'young', host: 'young.example' });
    await openLink(link.replace(/[\da-f-]{36}/, 'young'));
    await selected(/^Integration young\.example/).waitFor();
  });

  test('that leads nowhere says so', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    const link = await copiedLink(/^Runner us-staging/, /^Integration tfs\.acme/);
    await openLink(link.replace(/[\da-f-]{36}/, 'gone'));
    await ona.notification(
      /Integration gone was not found in Acme\. It may have been deleted, it may belong to another/,
    );
    await openLink(link.replace('/integration/', '/elsewhere/'));
    await ona.notification(/does not lead to an integration\. Links to integrations look like/);
  });
});
