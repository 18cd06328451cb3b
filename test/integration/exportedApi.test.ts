import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'vscode';
import { createExportedApi, type InventorySnapshot, type OnaScmApi } from '../../src/exportedApi.ts';
import type { InventorySnapshots } from '../../src/inventorySnapshots.ts';
import { integrationAt } from '../sandbox/lookup.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { setApiUrl, signInTo, signOutOf, snapshotWhere } from './extension.ts';

describe('exported API of an application that starts after the activation', () => {
  const FAILED: InventorySnapshot = {
    state: 'failed',
    error: { code: 'invalid_argument', message: 'bad address' },
    runners: [],
    integrations: [],
  };

  it('tells those who listen already what there was at its start', async () => {
    const snapshots = { current: () => FAILED, onDidChange: new EventEmitter<InventorySnapshot>().event };
    const { api, subscriptions } = createExportedApi(
      Promise.resolve(snapshots as unknown as InventorySnapshots),
    );
    assert.equal(api.snapshot().state, 'signedOut');
    assert.equal(await snapshotWhere(api, ({ state }) => state !== 'signedOut'), FAILED);
    subscriptions.dispose();
  });

  it('has failed, and rejects nothing, where that cannot start', async () => {
    const { api, subscriptions } = createExportedApi(Promise.reject(new TypeError('private')));
    const told = snapshotWhere(api, ({ state }) => state === 'failed');
    for (const { state, error } of [await api.refresh(), await told, api.snapshot()]) {
      assert.deepEqual([state, error?.code], ['failed', 'internal']);
      assert.doesNotMatch(error?.message ?? '', /private/);
    }
    subscriptions.dispose();
  });
});

describe('exported API with an environment key, the view hidden', () => {
  let sandbox: Sandbox;
  let api: OnaScmApi;

  before(async () => {
    sandbox = await startSandbox();
    api = await signInTo(sandbox);
  });

  beforeEach(() => {
    sandbox.organization = sampleOrganization();
    sandbox.faults.clear();
    sandbox.latencyMs = 0;
    sandbox.resetRecords();
  });

  after(() => signOutOf(sandbox));

  it('counts what cannot be read, beside everything that can', async () => {
    const { integrations } = sandbox.organization;
    const body = JSON.stringify({ integrations: [...integrations, { pat: 'true' }] });
    sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body });
    const snapshot = await api.refresh();
    assert.equal(snapshot.integrations.length, integrations.length);
    assert.deepEqual(snapshot.leftOut, { runners: 0, integrations: 1 });
    sandbox.faults.clear();
    assert.equal((await api.refresh()).leftOut, undefined);
  });

  it('loads on refresh, every runner and every integration', async () => {
    const snapshot = await api.refresh();
    assert.equal(snapshot.state, 'ready');
    assert.ok(snapshot.asOf instanceof Date);
    const { runners, integrations } = sandbox.organization;
    assert.deepEqual(
      snapshot.runners.map(({ id }) => id).sort(),
      runners.map(({ runnerId }) => runnerId).sort(),
    );
    assert.deepEqual(
      snapshot.integrations.map(({ id }) => id).sort(),
      integrations.map(({ id }) => id).sort(),
    );
  });

  it('says what is known of each, with the reasons', async () => {
    const staging = integrationAt(sandbox.organization, 'us-staging', 'github.com');
    const { runners, integrations } = await api.refresh();
    const runner = runners.find(({ name }) => name === 'us-staging');
    assert.ok(runner);
    assert.deepEqual([runner.status, runner.effectiveStatus], ['attention', 'attention']);
    const [{ at, text, ...reason } = {}] = runner.reasons;
    assert.deepEqual(reason, {
      code: 'degraded',
      status: 'attention',
      message: 'degraded',
      source: 'ListRunners',
    });
    assert.equal(at, new Date(runner.statusUpdatedAt ?? NaN).toISOString());
    assert.match(text ?? '', /certificate expired/);
    const integration = integrations.find(({ id }) => id === staging.id);
    assert.deepEqual([integration?.status, integration?.effectiveStatus], ['unchecked', 'attention']);
    assert.deepEqual(integration?.reasons, []);
  });

  it('has the statuses of the rows that it has, whenever it changes', async () => {
    const tfs = integrationAt(sandbox.organization, 'us-staging', 'tfs.acme.example');
    const { integrations: before } = await api.refresh();
    tfs.pat = false;
    const seen: string[] = [];
    const listener = api.onDidChange(({ integrations }) => {
      const now = integrations.find(({ id }) => id === tfs.id);
      seen.push(`${now?.pat} ${now?.status}`);
    });
    const { integrations } = await api.refresh();
    listener.dispose();
    assert.equal(seen.at(-1), 'false broken');
    assert.deepEqual(
      seen.filter((found) => found !== 'true unchecked' && found !== 'false broken'),
      [],
    );
    const changed = integrations.filter((integration) => !before.includes(integration));
    // A reason that comes from the list has the time of the list.
    assert.deepEqual(
      changed.map(({ id }) => id),
      integrations.filter(({ reasons }) => reasons.length > 0).map(({ id }) => id),
      'the others are the same objects',
    );
  });

  it('asks for both lists at once, in one round trip, and for the sign-ins beside them', async () => {
    await api.refresh();
    assert.deepEqual(sandbox.requests.map(({ method }) => method).sort(), [
      'ListHostAuthenticationTokens',
      'ListRunners',
      'ListSCMIntegrations',
    ]);
    const lists = sandbox.requests.filter(
      ({ method }) => method === 'ListRunners' || method === 'ListSCMIntegrations',
    );
    assert.ok(lists.some(({ inFlight }) => inFlight > 1));
  });

  it('joins a load that is running', async () => {
    const [first, second] = await Promise.all([api.refresh(), api.refresh()]);
    assert.deepEqual(first, second);
    assert.equal(sandbox.requests.filter(({ method }) => method === 'ListRunners').length, 1);
  });

  it('re-uses connections: ten refreshes open no more than were in flight at once', async () => {
    for (let refresh = 0; refresh < 10; refresh++) {
      await api.refresh();
    }
    const most = Math.max(...sandbox.requests.map(({ inFlight }) => inFlight));
    console.log(
      `      ${sandbox.requests.length} calls, ${most} in flight, ${sandbox.connections} connections opened`,
    );
    assert.equal(sandbox.requests.length, 30);
    assert.ok(sandbox.connections <= most);
    assert.deepEqual([...new Set(sandbox.requests.map(({ headers }) => headers.connection))], ['keep-alive']);
  });

  it('fires page by page while loading', async () => {
    await setApiUrl(undefined);
    // A new organization: the previous one has cached rows, which would stay until the load has ended.
    const organization = largeOrganization({ runners: 250, integrations: 450 });
    organization.profile = { ...organization.profile, id: randomUUID() };
    sandbox.keys.set('large', { principal: 'user', organization });
    // What two runners have is held back, of one until anything, of the other until more has been published.
    const fault = { kind: 'connect', code: 'unavailable', message: '' } as const;
    const heldBack = [organization.runners.at(0), organization.runners.at(-1)].map((runner) => ({
      ...fault,
      runnerIds: [runner?.runnerId ?? ''],
    }));
    const holdBack = () =>
      sandbox.faults.set('ListSCMIntegrations', [
        { kind: 'afterPages', pages: 1, fault, unfiltered: true },
        ...heldBack,
      ]);
    holdBack();
    process.env['ONA_API_KEY'] = 'large';
    await setApiUrl(sandbox.url);
    await snapshotWhere(api, ({ state }) => state === 'loading');
    const counts: number[] = [];
    const listener = api.onDidChange(({ integrations }) => {
      if (integrations.length > (counts.at(-1) ?? 0)) {
        heldBack.pop();
        holdBack();
      }
      if (heldBack.length === 0) {
        sandbox.faults.clear();
      }
      counts.push(integrations.length);
    });
    const snapshot = await api.refresh();
    listener.dispose();
    assert.equal(snapshot.integrations.length, 450);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
    );
    const steps = [...new Set(counts)].filter((count) => count > 0);
    assert.ok(steps.length >= 3, `published ${steps.join(', ')}`);
    process.env['ONA_API_KEY'] = sandbox.apiKey;
    await setApiUrl(undefined);
    await setApiUrl(sandbox.url);
  });

  it('keeps the last good rows when the API fails, names the cause, and recovers', async () => {
    const good = await api.refresh();
    // A code that is not retried: waiting for that is tested in plain Node.js.
    sandbox.faults.set('ListSCMIntegrations', { kind: 'connect', code: 'internal', message: 'tea break' });
    const stale = await api.refresh();
    assert.equal(stale.state, 'stale');
    assert.equal(stale.error?.code, 'internal');
    assert.match(stale.error.message, /tea break/);
    // The sign-ins may have been read again, and be of another time.
    const rowsOf = ({ integrations }: InventorySnapshot) =>
      integrations.map((row) => ({ ...row, reasons: [] }));
    assert.ok(good.integrations.length > 0);
    assert.deepEqual(rowsOf(stale), rowsOf(good));
    assert.deepEqual(stale.asOf, good.asOf);
    sandbox.faults.clear();
    assert.equal((await api.refresh()).state, 'ready');
  });

  it('says what a bad address is, and never rejects', async () => {
    await setApiUrl('http://ona.example.com');
    const snapshot: InventorySnapshot = await snapshotWhere(api, ({ state }) => state === 'failed');
    assert.match(snapshot.error?.message ?? '', /unencrypted/);
    assert.equal((await api.refresh()).state, 'failed');
    await setApiUrl(sandbox.url);
    assert.equal((await snapshotWhere(api, ({ state }) => state !== 'failed')).state, 'loading');
  });
});
