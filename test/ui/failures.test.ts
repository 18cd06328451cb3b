import assert from 'node:assert/strict';
import type { Fault } from '../sandbox/fault.ts';
import type { OnaPage } from './onaPage.ts';
import { Scene } from './scene.ts';

const html = { kind: 'http', status: 200, body: '<h1>Log in</h1>', contentType: 'text/html' } as const;

/** What stands in the view without rows: its text, and its buttons. */
const WITHOUT_ROWS: readonly { name: string; fault: Fault; text: string; buttons: readonly string[] }[] = [
  {
    name: 'a refused key',
    fault: { kind: 'connect', code: 'unauthenticated', message: 'expired' },
    text: 'The API refused the key',
    buttons: ['Sign In Again', 'Show Log'],
  },
  {
    name: 'a missing permission',
    fault: { kind: 'connect', code: 'permission_denied', message: 'no' },
    text: 'no permission to list runners',
    buttons: ['Sign In Again', 'Retry', 'Show Log'],
  },
  { name: 'a login page', fault: html, text: 'no Ona API', buttons: ['Open Settings', 'Retry', 'Show Log'] },
  {
    name: 'a 404 without JSON',
    fault: { kind: 'http', status: 404, body: 'nothing here' },
    text: 'no Ona API',
    buttons: ['Open Settings', 'Retry', 'Show Log'],
  },
  {
    name: 'a reset',
    fault: { kind: 'reset' },
    text: 'The API did not answer',
    buttons: ['Retry', 'Show Log'],
  },
  {
    name: 'an unavailable API',
    fault: { kind: 'http', status: 503, body: '' },
    text: 'The API did not answer',
    buttons: ['Retry', 'Show Log'],
  },
  {
    name: 'an answer of another shape',
    fault: { kind: 'raw', body: '{"runners":5,"integrations":5}' },
    text: 'answer was not understood',
    buttons: ['Retry', 'Show Log'],
  },
];

describe('failures', () => {
  let scene: Scene;
  let ona: OnaPage;
  before(async () => (scene = await Scene.open({ env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }) })));
  afterEach(function () {
    return scene.reset(this.currentTest);
  });
  after(() => scene.close());

  const fail = (fault: Fault) => {
    scene.sandbox.faults.set('ListRunners', fault);
    scene.sandbox.faults.set('ListSCMIntegrations', fault);
  };

  it('without rows have a welcome view each, with its ways out', async () => {
    ona = await scene.newWindow();
    fail({ kind: 'reset' });
    await ona.openView();
    for (const { name, fault, text, buttons } of WITHOUT_ROWS) {
      fail(fault);
      await ona.runCommand('Refresh');
      await ona.welcome.getByText(text).waitFor();
      await ona.button(buttons.at(-1) ?? '').waitFor();
      assert.deepEqual(await ona.welcome.getByRole('button').allInnerTexts(), buttons, name);
      assert.equal(await ona.message.isVisible(), false, name);
      assert.deepEqual(await ona.rows(), [], name);
    }
    scene.sandbox.faults.clear();
    await ona.button('Retry').click();
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
    assert.equal(await ona.newNotification.count(), 0);
  });

  it('with rows keep them, and say what is wrong and since when', async () => {
    ona = await scene.newWindow();
    await ona.openView();
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
    const rows = await ona.rows();
    fail({ kind: 'connect', code: 'unavailable', message: 'maintenance' });
    await ona.titleAction('Refresh').click();
    await ona.message
      .getByText(/^Stale since \d\d:\d\d: 127\.0\.0\.1:\d+ could not answer \(maintenance\)/)
      .waitFor();
    assert.deepEqual(await ona.rows(), rows);

    await ona.titleAction('Show Log').click();
    await ona.page.locator('.part.panel').getByText('maintenance').first().waitFor();

    scene.sandbox.faults.clear();
    await ona.titleAction('Refresh').click();
    await ona.message.waitFor({ state: 'hidden' });
    assert.deepEqual(await ona.rows(), rows);
  });

  it('of the key, with rows, offer to sign in again', async () => {
    ona = await scene.newWindow();
    await ona.openView();
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
    scene.sandbox.keys.set('a-new-api-key', { principal: 'user' });
    fail({ kind: 'connect', code: 'unauthenticated', message: 'expired' });
    await ona.titleAction('Refresh').click();
    await ona.message.getByText(/refused the API key: it is wrong, expired or deleted/).waitFor();
    await ona.titleAction('Sign In Again').click();
    scene.sandbox.faults.clear();
    await ona.enterKey('a-new-api-key');
    await ona.message.waitFor({ state: 'hidden' });
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
  });

  it('of one list leave the other one standing', async () => {
    ona = await scene.newWindow();
    scene.sandbox.faults.set('ListRunners', { kind: 'connect', code: 'permission_denied', message: 'no' });
    await ona.openView();
    await ona.message.getByText(/^Incomplete since \d\d:\d\d: The API key has no permission/).waitFor();
    const rows = await ona.rows();
    assert.equal(rows.length, new Set(scene.sandbox.organization.integrations.map((i) => i.runnerId)).size);
    assert.ok(rows.every((row) => row.startsWith('Runner Unknown runner')));
  });

  it('of the time-out name it', async () => {
    await scene.host.updateSettings({ 'onaScm.requestTimeout': 5 });
    ona = await scene.newWindow();
    await ona.openView();
    await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
    fail({ kind: 'hang' });
    await ona.titleAction('Refresh').click();
    await ona.message.getByText(/did not answer in 5 s\. Retry, or raise onaScm\.requestTimeout\./).waitFor();
    await scene.host.updateSettings({ 'onaScm.requestTimeout': undefined });
  });
});
