import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  addIntegration,
  addRunner,
  changeIntegration,
  changeRunner,
  removeIntegration,
  removeRunner,
} from '../sandbox/edits.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { test } from './test.ts';
import { until } from './until.ts';

test.describe('live updates', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
  });

  const streams = () => Promise.resolve(scene.sandbox.openStreams);
  const analytics = () => runnerNamed(scene.sandbox.organization, 'gcp-analytics').runnerId;
  const production = () => runnerNamed(scene.sandbox.organization, 'eu-production').runnerId ?? '';

  /** Makes the rows live, and waits until they are. */
  async function goLive(): Promise<void> {
    await scene.set({ 'onaScm.liveUpdates': true });
    await until(streams, 1);
    scene.sandbox.resetRecords();
  }

  // Each runner is read at most every 10 s, so each change is one of another runner.
  test('show integrations that come, change and go, without a refresh', async () => {
    await goLive();
    const { organization } = scene.sandbox;
    const removed = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    const [changed] = organization.integrations.filter(({ runnerId }) => runnerId === analytics());
    addIntegration(scene.sandbox, {
      id: randomUUID(),
      runnerId: production(),
      scmId: 'gitlab',
      host: 'live.acme.example',
      pat: true,
    });
    removeIntegration(scene.sandbox, removed.id ?? '');
    changeIntegration(scene.sandbox, { id: changed?.id ?? '', host: 'moved.acme.example' });
    await ona.row(/^Runner eu-production: .*5 integrations/).waitFor();
    await ona.row(/^Runner us-staging: .*2 integrations/).waitFor();
    await ona.expand(/^Runner eu-production/);
    await ona.row(/^Integration live\.acme\.example: GitLab, personal access token/).waitFor();
    await ona.expand(/^Runner gcp-analytics/);
    await ona.row(/^Integration moved\.acme\.example/).waitFor();
    const asked = scene.sandbox.requests.filter(({ method }) => method === 'GetRunner');
    assert.ok(asked.length >= 3, `${asked.length} runners`);
  });

  test('show runners that come, go offline and go', async () => {
    await goLive();
    addRunner(scene.sandbox, {
      runnerId: randomUUID(),
      name: 'live-runner',
      kind: 'RUNNER_KIND_REMOTE',
      status: { phase: 'RUNNER_PHASE_ACTIVE' },
    });
    changeRunner(scene.sandbox, { runnerId: production(), status: { phase: 'RUNNER_PHASE_INACTIVE' } });
    removeRunner(scene.sandbox, runnerNamed(scene.sandbox.organization, 'build-7').runnerId ?? '');
    await ona.row(/^Runner live-runner: .*no integrations/).waitFor();
    await ona.row(/^Runner eu-production: broken, offline/).waitFor();
    await ona.row(/^Runner build-7/).waitFor({ state: 'detached' });
  });

  test('leave what is selected and expanded as it is, and show no progress', async () => {
    await goLive();
    await ona.expand(/^Runner eu-production/);
    const selected = ona.row(/^Integration dev\.azure\.com\/acme/);
    await selected.click();
    changeRunner(scene.sandbox, { runnerId: production(), status: { version: '99.1' } });
    await until(
      () => Promise.resolve(scene.sandbox.requests.some(({ method }) => method === 'GetRunner')),
      true,
    );
    assert.equal(await ona.titleAction('Cancel Refresh').isVisible(), false);
    assert.equal(await selected.getAttribute('aria-selected'), 'true');
  });

  test('have a stream only while the rows or a details panel can be seen', async () => {
    await goLive();
    await ona.workbench.page.keyboard.press('Control+B');
    await until(streams, 0);
    await ona.workbench.page.keyboard.press('Control+B');
    await until(streams, 1);
    await scene.set({ 'onaScm.liveUpdates': false });
    await until(streams, 0);
  });

  test('that the API does not have are no problem: the rows stay, and nothing is said', async () => {
    scene.sandbox.faults.set('WatchEvents', { kind: 'connect', code: 'unimplemented', message: 'no' });
    await scene.set({ 'onaScm.liveUpdates': true });
    await until(
      () => Promise.resolve(scene.sandbox.requests.filter(({ method }) => method === 'WatchEvents').length),
      1,
    );
    await scene.refresh(ona);
    assert.equal(await ona.message.isVisible(), false);
    assert.equal(scene.sandbox.requests.filter(({ method }) => method === 'WatchEvents').length, 1);
  });

  test('go on after the stream has broken', async () => {
    await goLive();
    scene.sandbox.endStreams();
    await until(
      () => Promise.resolve(scene.sandbox.requests.filter(({ method }) => method === 'WatchEvents').length),
      1,
    );
    await until(streams, 1);
    changeRunner(scene.sandbox, { runnerId: production(), status: { phase: 'RUNNER_PHASE_INACTIVE' } });
    await ona.row(/^Runner eu-production: .*offline/).waitFor();
  });
});
