import assert from 'node:assert/strict';
import { deterministicUuid } from '../sandbox/deterministicUuid.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { Sandbox, SandboxOrganization } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { actionTimeout } from './speed.ts';
import { signedOutTest as test } from './test.ts';
import { until } from './until.ts';

/** Has the same user, and a single runner. */
function globex(): SandboxOrganization {
  const acme = sampleOrganization();
  const id = deterministicUuid('organization/Globex');
  return {
    ...acme,
    profile: { ...acme.profile, id, name: 'Globex' },
    user: { ...acme.user, organizationId: id },
    runners: [{ runnerId: deterministicUuid('runner/globex'), name: 'globex-runner' }],
    integrations: [],
  };
}

test.describe('accounts', () => {
  let scene: Scene;
  let other: Sandbox;
  let ona: OnaPage;

  test.beforeAll(async () => {
    other = await startSandbox({ apiKey: 'other-host-key', organization: globex() });
  });
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
    scene.sandbox.keys.set('globex-key', { principal: 'user', organization: globex() });
    other.resetRecords();
  });
  test.afterAll(() => other.close());

  async function addGlobex(): Promise<void> {
    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Add an API Key…/);
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey('globex-key');
    await ona.row(/^Runner globex-runner/).waitFor();
  }

  test('stand in the Accounts menu by organization and user, and sign out there', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    const account = await ona.accountsMenu(/^Acme · Jane Doe \(Ona\)/);
    await account.hover();
    await ona.page.keyboard.press('ArrowRight');
    await ona.page.getByRole('menuitem', { name: 'Sign Out' }).hover();
    await ona.page.keyboard.press('Enter');
    await ona.modal.getByRole('button', { name: 'Sign Out' }).click();
    await ona.button('Sign In').waitFor();
    await until(() => ona.rows(), []);
    await ona.whenForgotten('"organizationName"');
  });

  test('are shared with another extension once a person agrees, and only by their scope', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    assert.equal(await ona.modal.count(), 0, 'our own use asks for nothing');
    await ona.runCommand('Ask for a Session', 'Companion');
    await ona.modal.getByText(/Companion.*wants to sign in using Ona/).waitFor();
    await ona.modal.getByRole('button', { name: 'Allow' }).click();
    await ona.pick(/^Acme · Jane Doe/);
    const says = `Companion got Acme · Jane Doe, scm:read, key of ${scene.sandbox.apiKey.length}; of another scope none`;
    await ona.notification(says);
  });

  test('let another extension ask somebody who is not signed in to do so', async () => {
    await ona.openView();
    await ona.runCommand('Ask for a Session', 'Companion');
    await ona.modal.getByRole('button', { name: 'Allow' }).click();
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
    await ona.notification(/Companion got Acme · Jane Doe, scm:read/);
  });

  test('let no other extension ask for a key for another host than the one that is set', async () => {
    await ona.openView();
    await scene.set({ 'onaScm.apiUrl': 'http://ona.acme.example' });
    await ona.welcome.getByText('The configured API address is not valid').waitFor();
    await ona.runCommand('Ask for a Session', 'Companion');
    await ona.modal.getByRole('button', { name: 'Allow' }).click();
    await ona.notification(/Companion got refused: onaScm\.apiUrl is set to "http:\/\/ona\.acme\.example"\./);
  });

  test('are several: added, switched between, removed; the window comes back with its own', async () => {
    ona = await scene.newWindow();
    await ona.openView();
    await ona.signIn(scene.sandbox.apiKey);
    await addGlobex();
    await until(() => ona.title(), 'Ona SCM: Globex');
    await ona.runCommand('Switch Organization…');
    await ona.quickPickRow(/^Globex · Jane Doe.*shown in this window/).waitFor();
    await ona.pick(/^Acme · Jane Doe/);
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
    await ona.row(/^Runner globex-runner/).waitFor({ state: 'detached' });
    // This organization's entry; the other one's was stored before.
    const { organization, url } = scene.sandbox;
    await ona.whenStored(`"kind":"account","id":"${new URL(url).origin}:${organization.profile.id}"`);
    await ona.reload();
    await ona.waitForSample();

    await ona.runCommand('Switch Organization…');
    const acme = ona.quickPickRow(/^Acme · Jane Doe/);
    await acme.hover();
    await acme.getByRole('button', { name: 'Remove the API Key' }).click();
    await ona.modal.getByText('Remove the API key for Acme · Jane Doe?').waitFor();
    await ona.modal.getByRole('button', { name: 'Remove', exact: true }).click();
    await ona.button('Sign In').waitFor();
    // The list reopens, without Acme.
    await ona.pick(/^Globex · Jane Doe/);
    await ona.row(/^Runner globex-runner/).waitFor();
    await ona.whenForgotten('"organizationName":"Acme"');
  });

  test('may be at another host, whose key goes nowhere else', async () => {
    ona = await scene.newWindow();
    await ona.openView();
    await ona.button('Sign In').click();
    await ona.pick(/^Use Another Ona Host…/);
    await ona.input.fill('http://ona.example.com');
    await ona.page.keyboard.press('Enter');
    await ona.inputMessage().getByText('http would send the API key unencrypted').waitFor();
    await ona.input.fill(other.url);
    await ona.page.keyboard.press('Enter');
    await ona
      .inputMessage()
      .getByText(`API key for ${new URL(other.url).host}`)
      .waitFor();
    await ona.enterKey(other.apiKey);
    await ona.row(/^Runner globex-runner/).waitFor();
    await until(() => ona.title(), 'Ona SCM: Globex');
    assert.deepEqual(scene.sandbox.requests, []);
    assert.ok(other.requests.every(({ headers }) => headers.authorization === 'valid'));
    await ona.whenStored('"kind":"account"');
    await ona.reload();
    await ona.row(/^Runner globex-runner/).waitFor();
  });

  test('can be given up on every step, and each step leads back', async () => {
    await ona.openView();
    await ona.button('Sign In').click();
    await ona.pick(/^Use Another Ona Host…/);
    await ona.inputBack.click();
    await ona.pick(/^Enter an API Key/);
    await ona.keyBox.waitFor();
    await ona.inputBack.click();
    await ona.quickPickRow(/^Enter an API Key/).waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.input.waitFor({ state: 'hidden' });
    await ona.button('Sign In').waitFor();
    assert.deepEqual(scene.sandbox.requests, []);
  });

  test('get their key in the browser, on the right host, while the box waits', async () => {
    await ona.openView();
    await ona.button('Sign In').click();
    const opened = ona.workbench.context.waitForEvent('page');
    await ona.pick(/^Create an API Key in the Browser/);
    // VS Code's server forwards ports of this machine.
    const { port } = new URL(scene.sandbox.url);
    assert.equal(new URL((await opened).url()).pathname, `/proxy/${port}/settings/personal-access-tokens`);
    await (await opened).close();
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
  });

  test('of other windows stay as they are on a switch, and go with a sign-out', async () => {
    await ona.signIn(scene.sandbox.apiKey);
    await ona.whenStored('"organizationName":"Acme"');
    const second = await scene.newWindow({ context: ona.workbench.context });
    await second.openSample();

    await addGlobex();
    await second.comeBack();
    await second.titleAction('Refresh').click();
    await until(() => second.title(), 'Ona SCM: Acme');
    await second.waitForSample();

    await ona.runCommand('Switch Organization…');
    await ona.pick(/^Acme · Jane Doe/);
    await ona.waitForSample();
    await ona.runCommand('Sign Out');
    await ona.button('Sign In').waitFor();
    await ona.whenForgotten('"organizationName":"Acme"');
    // Another window notices a stored change later, with no visible sign.
    const followed = async () => {
      await second.comeBack();
      return second.button('Sign In').isVisible();
    };
    await until(followed, true);
    await second.welcome.getByText('You signed out of this organization in another window.').waitFor();
    await until(() => second.rows(), []);
    await until(() => second.title(), 'Ona SCM: Integrations');
  });
});

test.describe('a secret storage', () => {
  test('that fails is told, and the key can be used until the window closes', async ({ scene }) => {
    const ona = await scene.newWindow({
      prepare: (page) =>
        page.addInitScript(`{
          const { getItem } = Storage.prototype;
          Storage.prototype.getItem = function (key) {
            if (key.includes('secrets')) throw new Error('the keyring is locked');
            return getItem.call(this, key);
          };
        }`),
    });
    await ona.openView();
    await ona.askForKey();
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.modal.getByText('VS Code could not save the API key.').waitFor();
    await ona.modal.getByText(/VS Code's secret storage failed: .*the keyring is locked/).waitFor();
    await ona.modal.getByRole('button', { name: 'Use Until This Window Closes' }).click();
    await ona.waitForSample();
    await ona.reload();
    await ona.button('Sign In').waitFor();
  });

  test('that has forgotten the key says whose it was', async ({ scene }) => {
    const ona = await scene.newWindow({ secretKey: false });
    await ona.signIn(scene.sandbox.apiKey);
    await ona.whenStored('"organizationName":"Acme"');
    await ona.reload();
    await ona.welcome.getByText('no longer has the API key of your organization').waitFor();
    await ona.button('Sign In').click();
    await ona.page.getByPlaceholder("VS Code's secret storage no longer has the API key for Acme.").waitFor();
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
  });

  test('that does not answer is reported, and the key is used once it does', async ({ scene }) => {
    const ona = await scene.newWindow({
      // Only a reload has anything to decrypt.
      prepare: (page) =>
        page.addInitScript(`{
          const { decrypt } = SubtleCrypto.prototype;
          const unlocked = new Promise((resolve) => (globalThis.unlockKeyring = resolve));
          SubtleCrypto.prototype.decrypt = async function (...args) {
            await unlocked;
            return decrypt.apply(this, args);
          };
        }`),
    });
    await ona.signIn(scene.sandbox.apiKey);
    await ona.whenStored('"organizationName":"Acme"');
    await ona.reload();
    await ona.welcome.getByText('Looking for your API key…').waitFor();
    const says = "VS Code's secret storage, which keeps your API key, is not responding.";
    await ona.welcome.getByText(says).waitFor({ timeout: 2 * actionTimeout });
    await until(() => ona.welcome.getByRole('button').allInnerTexts(), ['Retry', 'Sign In', 'Show Log']);
    await ona.button('Retry').click();
    await ona.notification("VS Code's secret storage is not responding.");
    await ona.page.evaluate('unlockKeyring()');
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
  });
});
