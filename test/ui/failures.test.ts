import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import type { Fault } from '../sandbox/fault.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { type FaultCase, faultMatrix } from '../unit/faultMatrix.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { actionTimeout } from './speed.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('failures', () => {
  let scene: Scene;
  /** Would accept the key: only its records show that it never arrived. */
  let stranger: Sandbox;
  /** The text of each fault is tested without an editor; these few cover all that a view can do. */
  let cases: readonly FaultCase[];
  let ona: OnaPage;
  test.beforeAll(async ({ scene: stage }) => {
    scene = stage;
    stranger = await startSandbox({ apiKey: scene.sandbox.apiKey });
    // Neighbors have different welcome views: each shows that the load before it has ended.
    const names = [
      'resets',
      'a redirect to another origin',
      'a firewall that blocks',
      'an internal error',
      'advice of the API',
    ];
    cases = faultMatrix(new URL(stranger.url).origin).filter(({ name }) => names.includes(name));
    assert.equal(cases.length, names.length);
  });
  test.beforeEach(({ ona: window }) => void (ona = window));
  test.afterEach(() => {
    assert.deepEqual(stranger.requests, []);
    assert.equal(stranger.connections, 0);
  });
  test.afterAll(() => stranger.close());

  const fail = (fault: Fault) => {
    scene.sandbox.faults.set('ListRunners', fault);
    scene.sandbox.faults.set('ListSCMIntegrations', fault);
  };

  test('without rows have a welcome view each, and say what is wrong, with the ways out', async () => {
    // A welcome view that differs from the first case's.
    fail({ kind: 'raw', body: '{' });
    await scene.restartFresh(ona);
    await ona.welcome.getByText('response could not be understood').waitFor();
    for (const { name, fault, says, welcome, buttons, waysOut = [], whileRetrying } of cases) {
      fail(fault);
      await ona.runCommand('Refresh');
      if (whileRetrying !== undefined) {
        await ona.message.getByText(whileRetrying).waitFor();
      }
      await ona.welcome.getByText(welcome).waitFor();
      await ona.button(buttons.at(-1) ?? '').waitFor();
      await until(() => ona.welcome.getByRole('button').allInnerTexts(), [...buttons], name);
      await ona.message.waitFor({ state: 'hidden' });
      await until(() => ona.rows(), [], name);
      assert.deepEqual(await ona.newNotifications(), [], name);
      if (whileRetrying !== undefined) {
        // Retries continue meanwhile.
        await ona.titleAction('Cancel Refresh').click();
        await ona.welcome.getByText('Loading was canceled').waitFor();
        continue;
      }
      await ona.runCommand('What Is Wrong?');
      await ona.notification(says);
      const notification = ona.notifications;
      assert.equal(await notification.getByRole('link').count(), 0, name);
      for (const label of [...waysOut, 'Show Log']) {
        await notification.getByRole('button', { name: label }).waitFor();
      }
      await ona.clearNotifications();
    }
    scene.sandbox.faults.clear();
    await ona.runCommand('Refresh');
    await ona.waitForSample();
  });

  test('of a service that answers anything with an empty object do not look like an empty organization', async () => {
    scene.sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body: '{}' });
    fail({ kind: 'raw', body: '{}' });
    await scene.restartFresh(ona);
    await ona.welcome.getByText('this key does not belong to an organization').waitFor();
    await until(
      () => ona.welcome.getByRole('button').allInnerTexts(),
      ['Sign In Again', 'Open Settings', 'Retry', 'Show Log'],
    );
    scene.sandbox.faults.clear();
    await ona.button('Retry').click();
    await ona.waitForSample();
    await until(() => ona.title(), 'Ona SCM: Acme');
  });

  test('to identify the account are reported to another extension that asks for a session', async () => {
    scene.sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'connect',
      code: 'internal',
      message: 'broken',
    });
    await scene.restartFresh(ona);
    await ona.waitForSample('unknown');
    const ask = async () => {
      await ona.runCommand('Ask for a Session', 'Companion');
      await ona.modal.getByRole('button', { name: 'Allow' }).click();
    };
    await ask();
    await ona.notification(/Companion got refused: Your Ona account could not be determined\. .*\(broken\)/);
    scene.sandbox.faults.clear();
    await ask();
    // The organizations of other tests have the same name, which is never given to another one.
    await ona.notification(/Companion got Acme · Jane Doe.*, scm:read/);
  });

  test('with rows keep them all, say what is wrong and since when, and end with the next good load', async () => {
    const rows = await ona.rows();
    for (const { name, fault, says, whileRetrying } of cases) {
      fail(fault);
      await ona.titleAction('Refresh').click();
      if (whileRetrying === undefined) {
        await ona.message.getByText(new RegExp(`^Stale since \\d\\d:\\d\\d: .*${says.source}`)).waitFor();
        await ona.titleAction('What Is Wrong?').waitFor();
        await ona.titleAction('Show Log').waitFor();
        assert.deepEqual(await ona.rows(), rows, name);
        scene.sandbox.faults.clear();
        await ona.titleAction('Refresh').click();
      } else {
        await ona.message.getByText(whileRetrying).waitFor();
        await ona.message.getByText(/^Stale since \d\d:\d\d: /).waitFor();
        await ona.message.getByText(whileRetrying).waitFor();
        assert.deepEqual(await ona.rows(), rows, name);
        // No action needed: the next retry succeeds.
        scene.sandbox.faults.clear();
      }
      await ona.message.waitFor({ state: 'hidden' });
      await ona.whenLoaded();
      assert.deepEqual(await ona.rows(), rows, name);
    }
    assert.deepEqual(await ona.newNotifications(), []);
  });

  test('of the key, with rows, offer to sign in again', async () => {
    scene.sandbox.keys.set('a-new-api-key', { principal: 'user' });
    fail({ kind: 'connect', code: 'unauthenticated', message: 'expired' });
    await ona.titleAction('Refresh').click();
    await ona.message.getByText(/rejected the API key: it is invalid, expired, or deleted/).waitFor();
    await ona.titleAction('Sign In Again').click();
    scene.sandbox.faults.clear();
    await ona.enterKey('a-new-api-key');
    await ona.message.waitFor({ state: 'hidden' });
    await ona.waitForSample();
  });

  test('of one list leave the other one standing', async () => {
    scene.sandbox.faults.set('ListRunners', { kind: 'connect', code: 'permission_denied', message: 'no' });
    await scene.restartFresh(ona);
    await ona.message
      .getByText(/^Incomplete since \d\d:\d\d: The API key does not have permission/)
      .waitFor();
    const runners = new Set(scene.sandbox.organization.integrations.map(({ runnerId }) => runnerId));
    await until(async () => (await ona.rows()).length, runners.size);
    const rows = await ona.rows();
    assert.ok(rows.every((row) => row.startsWith('Runner Unknown runner')));
  });

  test('of the time-out name it', async () => {
    await scene.set({ 'onaScm.requestTimeout': 5 });
    fail({ kind: 'hang' });
    await ona.titleAction('Refresh').click();
    // The first attempt ends after 5 s, and its error shows 5 s later.
    await ona.message.getByText(/did not answer in 5 s\. Retrying…/).waitFor({ timeout: 2 * actionTimeout });
    await ona.runCommand('What Is Wrong?');
    await ona.notification(
      new RegExp(
        `did not answer in 5 s\\. Retry, or raise onaScm\\.requestTimeout\\. The request was sent from ${hostname()}\\.`,
      ),
    );
  });
});
