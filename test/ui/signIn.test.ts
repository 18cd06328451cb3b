import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { signedOutTest as test, testOn } from './test.ts';
import { until } from './until.ts';

test.describe('signing in and out', () => {
  test('starts with a welcome view and nothing else: no toast, no status bar entry, no request', async ({
    scene,
  }) => {
    const ona = await scene.newWindow();
    await ona.openView();
    await ona.button('Sign In').waitFor();
    assert.match(await ona.welcome.innerText(), /which source-control hosts each runner .* can reach/);
    assert.match(await ona.welcome.innerText(), /read-only key is enough/);
    assert.deepEqual(await ona.newNotifications(), []);
    assert.equal(await ona.statusBar(/Ona/).count(), 0);
    assert.deepEqual(scene.sandbox.requests, []);
  });

  test('keeps the box open with the reason until a key works, then shows the organization and its rows', async ({
    scene,
    ona,
  }) => {
    await ona.openView();
    await ona.askForKey();
    await ona.keyBox.waitFor();
    assert.match(
      await ona.inputMessage().innerText(),
      /API key for 127\.0\.0\.1:\d+ \(address from onaScm\.apiUrl\)\. A read-only key is enough/,
    );

    await ona.enterKey('   ');
    await ona.inputMessage().getByText('Enter an API key.').waitFor();
    await ona.enterKey('not a key');
    await ona.inputMessage().getByText('Character 4 of the API key is U+0020 (space).').waitFor();
    await ona.enterKey('\u200bkey\u200bof-mine');
    await ona
      .inputMessage()
      .getByText('Character 4 of the API key is U+200B (zero-width space). Remove it, or copy')
      .waitFor();
    await ona.enterKey('wrong-key');
    await ona.inputMessage().getByText('rejected the API key: it is invalid, expired, or deleted').waitFor();

    await ona.enterKey(`\u200b “Bearer\u00a0${scene.sandbox.apiKey}\u200b”\ufeff `);
    // It disappears after a while.
    await ona.statusBar('Signed in to Acme').waitFor();
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
    await ona.input.waitFor({ state: 'hidden' });
    assert.deepEqual(await ona.newNotifications(), []);
  });

  test('says so when the API cannot be reached, and keeps what was typed', async ({ scene, ona }) => {
    await ona.openView();
    await ona.askForKey();
    scene.sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'reset' });
    await ona.enterKey(scene.sandbox.apiKey);
    await ona
      .inputMessage()
      .getByText(/127\.0\.0\.1:\d+ closed the connection .* Retrying…/)
      .waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.askForKey();
    scene.sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'connect',
      code: 'internal',
      message: 'oops',
    });
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.inputMessage().getByText('could not answer (oops)').waitFor();
    scene.sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'http',
      status: 403,
      body: '<h1>Blocked by policy</h1>',
      contentType: 'text/html',
    });
    await ona.page.keyboard.press('Enter');
    await ona
      .inputMessage()
      .getByText(/Something between .* and 127\.0\.0\.1:\d+ refused the request \(HTTP 403\)/)
      .waitFor();
    scene.sandbox.faults.clear();
    await ona.page.keyboard.press('Enter');
    await ona.waitForSample();
  });

  test('can be given up at any point, and changes nothing then', async ({ scene, ona }) => {
    await ona.openView();
    await ona.askForKey();
    scene.sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.page.locator('.quick-input-widget .monaco-progress-container.active').waitFor();
    await ona
      .inputMessage()
      .getByText(/^Waiting for 127\.0\.0\.1:\d+ to check the API key…$/)
      .waitFor();
    await ona.page.keyboard.press('Escape');
    await ona.input.waitFor({ state: 'hidden' });
    await ona.button('Sign In').waitFor();
  });

  test('survives a reload; signing out forgets the key, after a reload too', async ({ scene }) => {
    const ona = await scene.newWindow();
    await ona.signIn(scene.sandbox.apiKey);
    await ona.whenStored('onaScm.accounts');
    await ona.reload();
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');

    await ona.runCommand('Sign Out');
    await ona.button('Sign In').waitFor();
    await until(() => ona.rows(), []);
    await until(() => ona.title(), 'Ona SCM: Integrations');
    await ona.whenForgotten('"organizationName"');
    await ona.reload();
    await ona.button('Sign In').waitFor();
  });

  test('works with the key of a service account, whom the API refuses the user', async ({ scene, ona }) => {
    scene.sandbox.keys.set('service-account-key', { principal: 'serviceAccount', id: randomUUID() });
    await ona.signIn('service-account-key', 'stranger');
    await until(() => ona.title(), 'Ona SCM: Acme');
  });
});

test.describe('Restricted Mode', () => {
  const test = testOn({ workspaceTrust: true, builtins: 'all' });

  test('changes nothing: sign in, rows, copy', async ({ scene }) => {
    const ona = await scene.newWindow({ folder: import.meta.dirname });
    await ona.page
      .getByRole('button', { name: /Restricted Mode/ })
      .first()
      .waitFor();
    await ona.signIn(scene.sandbox.apiKey);
    await ona.contextMenu(ona.row(/^Runner eu-production/), 'Copy Runner ID');
    await ona.statusBar('Copied the runner ID').waitFor();
    assert.equal(await ona.clipboard(), scene.sandbox.organization.runners[0]?.runnerId);
  });
});

test.describe('the oldest VS Code that is supported', () => {
  const test = testOn({ version: 'oldest', builtins: 'all' });

  test('signs in, shows rows, copies an id', async ({ scene, ona }) => {
    await ona.signIn(scene.sandbox.apiKey);
    await ona.expand(/^Runner eu-production/);
    await ona.contextMenu(ona.row(/^Integration bitbucket\.org/), 'Copy Integration ID');
    await ona.statusBar('Copied the integration ID').waitFor();
    const bitbucket = scene.sandbox.organization.integrations.find(({ host }) => host === 'bitbucket.org');
    assert.equal(await ona.clipboard(), bitbucket?.id);
  });

  test('filters, and copies the row that has the focus by key', async ({ scene, ona }) => {
    await ona.signIn(scene.sandbox.apiKey);
    await ona.titleAction('Filter…').click();
    await ona.input.fill('provider:azure runner:us');
    await ona.page.keyboard.press('Enter');
    await ona.message.getByText('1 of 16 matches').waitFor();
    await ona.row(/^Runner us-staging: needs attention, degraded, 1 of 3 integrations/).click();
    await ona.page.keyboard.press('ArrowRight');
    await ona.row(/^Integration tfs\.acme/).waitFor();
    await ona.page.keyboard.press('ArrowDown');
    await ona.page.keyboard.press('Control+c');
    await ona.statusBar('Copied the integration ID').waitFor();
    const tfs = scene.sandbox.organization.integrations.find(({ host }) => host === 'tfs.acme.example');
    assert.equal(await ona.clipboard(), tfs?.id);
  });
});
