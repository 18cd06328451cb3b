import assert from 'node:assert/strict';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { GIT_AUTHENTICATIONS_PATH } from '../../sandbox/dashboard.ts';
import { EventService, ResourceType } from '../../sandbox/gen/gitpod/v1/event_pb.js';
import { addIntegration, changeRunner, removeRunner } from '../../sandbox/edits.ts';
import { runnerIdOf } from '../../sandbox/sampleRunners.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf } from '../api/testClient.ts';
import { until } from '../inventory/load/signInLoads.ts';

const RUNNER_UPDATE = {
  operation: 'RESOURCE_OPERATION_UPDATE',
  resourceType: 'RESOURCE_TYPE_RUNNER',
} as const;

describe("a running sandbox's events", () => {
  let sandbox: Sandbox;
  let over: AbortController;

  beforeEach(async () => {
    sandbox = await startSandbox();
    over = new AbortController();
  });

  afterEach(async () => {
    over.abort();
    await sandbox.close();
  });

  /** A stream by the reference client; resolves once it is open. */
  async function watch(
    request: Parameters<ReturnType<typeof referenceClient>['watchEvents']>[0] = {
      scope: { case: 'organization', value: true },
    },
  ) {
    const events: string[] = [];
    let error: ConnectError | undefined;
    const run = async () => {
      for await (const event of referenceClient(sandbox).watchEvents(request, { signal: over.signal })) {
        events.push(`${event.operation} ${ResourceType[event.resourceType]} ${event.resourceId}`);
      }
    };
    const ended = run().catch((reason: unknown) => (error = ConnectError.from(reason)));
    await until(() => events.length > 0 || error !== undefined);
    return { events, ended, error: () => error };
  }

  it('reach every stream that asks for them', async () => {
    const all = await watch();
    const runnersOnly = await watch({
      scope: { case: 'organization', value: true },
      resourceTypeFilters: [{ resourceType: ResourceType.RUNNER }],
    });
    assert.equal(sandbox.openStreams, 2);
    sandbox.emit({ resourceType: 'RESOURCE_TYPE_PROJECT' }, { ...RUNNER_UPDATE, resourceId: 'r' });
    await until(() => all.events.length === 3 && runnersOnly.events.length === 2);
    assert.deepEqual(all.events, ['0 UNSPECIFIED ', '0 PROJECT ', '2 RUNNER r']);
    assert.deepEqual(runnersOnly.events, ['0 UNSPECIFIED ', '2 RUNNER r']);
  });

  it('tell of edits', async () => {
    const { events } = await watch();
    const [{ runnerId = '' } = {}, other] = sandbox.organization.runners;
    addIntegration(sandbox, { id: 'i', runnerId, host: 'new.example' });
    const startedAt = Date.now();
    changeRunner(sandbox, { runnerId, status: { message: 'busy' } });
    removeRunner(sandbox, other?.runnerId ?? '');
    await until(() => events.length === 5);
    assert.deepEqual(events.slice(1), [
      '1 RUNNER_SCM_INTEGRATION i',
      `2 RUNNER ${runnerId}`,
      `4 RUNNER ${runnerId}`,
      `3 RUNNER ${other?.runnerId}`,
    ]);
    const { status } = sandbox.organization.runners[0] ?? {};
    assert.equal(status?.message, 'busy');
    assert.equal(status.phase, 'RUNNER_PHASE_ACTIVE');
    assert.ok(Date.parse(status.updatedAt ?? '') >= startedAt);
  });

  it('tell of a sign-in on the page that stands in for the dashboard', async () => {
    const { events } = await watch();
    const form = new URLSearchParams({ runner: runnerIdOf('gcp-analytics'), host: 'gitlab.com' });
    await fetch(new URL(GIT_AUTHENTICATIONS_PATH, sandbox.url), { method: 'POST', body: form });
    await until(() => events.length === 2);
    const id = sandbox.organization.tokens?.at(-1)?.id;
    assert.deepEqual(events.slice(1), [`1 HOST_AUTHENTICATION_TOKEN ${id}`]);
  });

  it('keep a stream alive when nothing happens', async () => {
    sandbox.keepAliveMs = 5;
    const { events } = await watch();
    await until(() => events.length >= 3);
    assert.deepEqual(new Set(events), new Set(['0 UNSPECIFIED ']));
  });

  it('end when the sandbox ends them, with an error or without', async () => {
    const graceful = await watch();
    sandbox.endStreams();
    await graceful.ended;
    assert.equal(graceful.error(), undefined);
    const failed = await watch();
    sandbox.endStreams(new ConnectError('too old', Code.Internal));
    await failed.ended;
    assert.equal(failed.error()?.code, Code.Internal);
    await until(() => sandbox.openStreams === 0);
  });

  it('end when the client is gone', async () => {
    const { ended } = await watch();
    assert.equal(sandbox.openStreams, 1);
    over.abort();
    await ended;
    await until(() => sandbox.openStreams === 0);
  });

  it('count as one request, which is answered as soon as the stream is open', async () => {
    await watch();
    await watch();
    assert.deepEqual(
      sandbox.requests.map(({ method, inFlight, body }) => [method, inFlight, body]),
      [
        ['WatchEvents', 1, { organization: true }],
        ['WatchEvents', 1, { organization: true }],
      ],
    );
  });

  it('are refused for a request that the API would refuse, and for a wrong key', async () => {
    const unspecified = await watch({ resourceTypeFilters: [{ resourceType: ResourceType.UNSPECIFIED }] });
    assert.equal(unspecified.error()?.code, Code.InvalidArgument);
    const scoped = await watch({
      scope: { case: 'environmentId', value: '0198a1d2-0000-7000-8000-000000000001' },
      resourceTypeFilters: [{ resourceType: ResourceType.RUNNER }],
    });
    assert.equal(scoped.error()?.code, Code.InvalidArgument);
    sandbox.keys.clear();
    const denied = await watch();
    assert.equal(denied.error()?.code, Code.Unauthenticated);
  });

  describe('with a fault', () => {
    /** How a stream of the extension ends. */
    function ending(silenceMs = 60_000) {
      let count = 0;
      const { client } = clientOf(sandbox, { isKnownApi: true });
      const run = async () => {
        for await (const event of client.watchEvents({ signal: over.signal, silenceMs })) {
          count += event.resourceType === 'RESOURCE_TYPE_UNSPECIFIED' ? 0 : 1;
        }
        return 'ended';
      };
      const ended = run().catch((error: unknown) => (error as { problem: string }).problem);
      return { ended, count: () => count };
    }

    for (const [then, problem] of [
      ['end', 'ended'],
      ['error', 'unavailable'],
      ['cut', 'connectionLost'],
      ['huge', 'unexpectedAnswer'],
    ] as const) {
      it(`${then}: after as many messages as it says`, async () => {
        sandbox.faults.set('WatchEvents', { kind: 'stream', messages: 2, then });
        const { ended, count } = ending();
        await until(() => sandbox.openStreams === 1);
        sandbox.emit({ ...RUNNER_UPDATE, resourceId: 'a' });
        assert.equal(await ended, problem);
        assert.equal(count(), 1);
      });
    }

    it('compressed: the next message says that it is', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'stream', messages: 1, then: 'compressed' });
      const { ended } = ending();
      await until(() => sandbox.openStreams === 1);
      sandbox.emit({ ...RUNNER_UPDATE, resourceId: 'a' });
      assert.equal(await ended, 'unexpectedAnswer');
    });

    it('silence: nothing arrives any more, not even the end', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'stream', messages: 1, then: 'silence' });
      const { ended, count } = ending(200);
      await until(() => sandbox.openStreams === 1);
      sandbox.emit({ ...RUNNER_UPDATE, resourceId: 'a' });
      sandbox.endStreams();
      assert.equal(await ended, 'timeout');
      assert.equal(count(), 0);
    });

    it('buffered: all arrives at the end', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'stream', messages: 0, then: 'buffered' });
      const { ended, count } = ending();
      await until(() => sandbox.openStreams === 1);
      sandbox.emit({ ...RUNNER_UPDATE, resourceId: 'a' });
      assert.equal(count(), 0);
      sandbox.endStreams();
      assert.equal(await ended, 'ended');
      assert.equal(count(), 1);
    });

    it('bytes: all arrives nonetheless', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'stream', messages: 0, then: 'bytes' });
      const { ended, count } = ending();
      await until(() => sandbox.openStreams === 1);
      sandbox.emit({ ...RUNNER_UPDATE, resourceId: 'a' }, { ...RUNNER_UPDATE, resourceId: 'b' });
      await until(() => count() === 2);
      sandbox.endStreams();
      assert.equal(await ended, 'ended');
    });

    it('of the API: a code for the stream', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'connect', code: 'unimplemented', message: 'no' });
      const { error } = await watch();
      assert.equal(error()?.code, Code.Unimplemented);
      const { ended } = ending();
      assert.equal(await ended, 'refused');
    });

    it('of something in between: a plain 200', async () => {
      sandbox.faults.set('WatchEvents', { kind: 'raw', body: '{}' });
      const { ended } = ending();
      assert.equal(await ended, 'intermediary');
    });
  });
});

function referenceClient({ url, apiKey }: Sandbox) {
  const transport = createConnectTransport({
    baseUrl: url,
    httpVersion: '1.1',
    useBinaryFormat: false,
    interceptors: [
      (next) => (request) => {
        request.header.set('Authorization', `Bearer ${apiKey}`);
        return next(request);
      },
    ],
  });
  return createClient(EventService, transport);
}
