import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { RequestGate } from '../../../../src/api/transport/requestGate.ts';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA } from '../../../../src/inventory/model.ts';
import { largeOrganization } from '../../../sandbox/largeOrganization.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, HeldClock, quiet } from '../../api/testClient.ts';
import { apiError, gate, listsOf, MemoryClient, never, type PageCall, signalOfTest } from './memoryClient.ts';

const LISTS = listsOf({ runners: 130, integrations: 260 });
const LOST = apiError({ problem: 'connectionLost', code: 'unavailable' });
const RETRY: Retry = { error: LOST, waitMs: 500, askedFor: false };
const ASKED: Retry = { error: apiError({ problem: 'limit' }), waitMs: 12_000, askedFor: true };

describe('a load', () => {
  const testSignal = signalOfTest();

  function loadOf(
    answer: (call: PageCall) => Promise<void> | undefined = () => undefined,
    { previous = NO_DATA, lists = LISTS, signal = testSignal() } = {},
  ) {
    const client = new MemoryClient(lists, answer);
    const changes: (Retry | undefined)[] = [];
    const load: Loader = new Loader(client, previous, {
      signal,
      onChange: () => changes.push(load.retry),
    });
    return { client, load, changes };
  }

  it('that is tried again tells so until the try has succeeded', async () => {
    const { opened, open } = gate();
    const { load, changes } = loadOf(async ({ list, options }) => {
      if (list === 'runners') {
        options.onRetry?.(RETRY);
        await opened;
        options.onRetry?.(undefined);
      }
    });
    const outcome = load.everything('plain');
    await setImmediate();
    assert.equal(load.retry, RETRY);
    open();
    assert.equal((await outcome).error, undefined);
    assert.equal(load.retry, undefined);
    assert.ok(changes.includes(RETRY));
    assert.equal(changes.at(-1), undefined);
  });

  it('that is tried again tells so until it has failed for good', async () => {
    const { load } = loadOf(({ list, options }) => {
      if (list === 'runners') {
        options.onRetry?.(RETRY);
        return setImmediate().then(() => Promise.reject(LOST));
      }
      return undefined;
    });
    const outcome = load.everything('plain');
    await Promise.resolve();
    assert.equal(load.retry, RETRY);
    assert.equal((await outcome).error, LOST);
    assert.equal(load.retry, undefined);
  });

  for (const [first, second] of [
    [ASKED, RETRY],
    [RETRY, ASKED],
  ] as const) {
    it(`that is tried again tells of a time that the API asked for first: ${first.askedFor ? 'the earlier' : 'the later'}`, async () => {
      const { load } = loadOf((call) => {
        call.options.onRetry?.(call.list === 'runners' ? first : second);
        return never();
      });
      void load.everything('plain');
      await setImmediate();
      assert.equal(load.retry, ASKED);
    });
  }

  it('that is tried again tells of the latest where the API asked for no time', async () => {
    const later = { ...RETRY, waitMs: 1000 };
    const { load } = loadOf(async ({ options }) => {
      options.onRetry?.(RETRY);
      await setImmediate();
      options.onRetry?.(later);
      await never();
    });
    void load.everything('plain');
    await setImmediate();
    await setImmediate();
    assert.equal(load.retry, later);
  });

  describe('of which a chunk is tried again while the plain walk comes to its end', () => {
    for (const [when, order] of [
      ['before', 'it waits already'],
      ['after', 'it fails only then'],
    ] as const) {
      it(`does not hold it up, and is not tried again: ${order}`, async () => {
        const { opened, open } = gate();
        const { client, load } = loadOf(async (call) => {
          if (call.runnerIds.length === 0) {
            // Later pages arrive only after the chunks were requested.
            return call.page > 0 ? setImmediate() : undefined;
          }
          if (when === 'after') {
            await opened;
          }
          call.options.onRetry?.(RETRY);
          return never();
        });
        assert.deepEqual((await load.everything('parallel')).error, undefined);
        const { data } = load;
        open();
        await setImmediate();
        const chunks = client.calls.filter(({ runnerIds }) => runnerIds.length > 0);
        assert.ok(chunks.length > 0);
        assert.ok(chunks.every(({ options }) => options.signal.aborted));
        assert.equal(load.retry, undefined);
        assert.equal(load.data, data);
        assert.deepEqual([data.runnerErrors, data.completeRunnerIds], [undefined, undefined]);
        assert.equal(data.integrations.length, LISTS.integrations.length);
      });
    }

    it('sends nothing to the API any more', async () => {
      const organization = largeOrganization({ runners: 30, integrations: 1000 });
      const sandbox = await startSandbox({ organization });
      try {
        const runnerIds = organization.runners.map(({ runnerId = '' }) => runnerId);
        sandbox.faults.set('ListSCMIntegrations', {
          kind: 'connect',
          code: 'unavailable',
          message: '',
          runnerIds,
        });
        const clock = new HeldClock();
        const { client } = clientOf(sandbox, { gate: new RequestGate(clock) });
        const load = new Loader(client, NO_DATA, { ...quiet, onChange: () => undefined });
        assert.equal((await load.everything('parallel')).error, undefined);
        assert.equal(load.data.integrations.length, 1000);
        clock.advance(60_000);
        await client.getAuthenticatedIdentity(quiet);
        const filters = sandbox.requests
          .map(({ body }) => JSON.stringify(body))
          .filter((body) => body.includes('filter'));
        assert.equal(filters.length, 2);
        assert.notEqual(filters[0], filters[1]);
      } finally {
        await sandbox.close();
      }
    });
  });

  describe('that is aborted', () => {
    it('is canceled, keeps what has come, and asks for nothing more', async () => {
      const abort = new AbortController();
      const isFree = ({ page, runnerIds }: PageCall) => page === 0 && runnerIds.length === 0;
      const { client, load } = loadOf((call) => (isFree(call) ? undefined : never()), {
        signal: abort.signal,
      });
      const outcome = load.everything('parallel');
      await setImmediate();
      const asked = client.calls.length;
      assert.ok(client.chunks.length > 0);
      abort.abort();
      const { error, mayBeIncomplete } = await outcome;
      assert.deepEqual([error?.problem, mayBeIncomplete], ['canceled', false]);
      assert.equal(client.calls.length, asked);
      assert.equal(load.data.runners.length, 100);
      assert.ok(load.data.integrations.length >= 100);
      assert.equal(load.data.runnerErrors, undefined, 'a chunk that was aborted has not failed');
    });

    it('beforehand asks for nothing', async () => {
      const { client, load } = loadOf(undefined, { signal: AbortSignal.abort() });
      assert.equal((await load.everything('parallel')).error?.problem, 'canceled');
      assert.deepEqual(client.calls, []);
      assert.deepEqual(load.data, NO_DATA);
    });
  });
});
