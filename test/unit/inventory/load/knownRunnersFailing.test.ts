import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { quiet } from '../../api/testClient.ts';
import { assertWhole, isChunk, isPlain, KNOWN, refresh, slowWalk } from './knownLists.ts';
import { apiError, gate, listsOf, MemoryClient, never, type PageCall } from './memoryClient.ts';
import { loaded } from './missingItems.ts';
import { until } from './signInLoads.ts';

const BROKEN = apiError({ detail: 'broken' });
const FIRST = KNOWN.runners[0]?.id ?? '';

describe('a refresh of known runners that fails', () => {
  describe('in a chunk', () => {
    const failFirst = (call: PageCall) =>
      isChunk(call) && call.runnerIds.includes(FIRST) ? Promise.reject(BROKEN) : undefined;

    it('keeps the rows of its runners and marks them, until the list has been read', async () => {
      const previous = await loaded(KNOWN);
      const { opened, open } = gate();
      const slow = slowWalk(opened);
      const { client, load, outcome } = refresh(previous, KNOWN, (call) => slow(call) ?? failFirst(call));
      await until(() => load.data.runnerErrors !== undefined);
      const [failed = []] = client.chunks;
      assert.deepEqual([...(load.data.runnerErrors?.keys() ?? [])], failed);
      assert.equal(load.data.runnerErrors?.get(FIRST), BROKEN);
      assert.equal(load.data.integrations, previous.integrations);
      open();
      assert.equal((await outcome).error, undefined);
      assert.equal(load.data.runnerErrors, undefined);
      assertWhole(load, KNOWN);
    });

    it('before the list has a page is made once more after that', async () => {
      const { opened, open } = gate();
      let failures = 0;
      const { client, load, outcome } = refresh(await loaded(KNOWN), KNOWN, (call) => {
        if (isPlain(call) && call.page === 0) {
          return opened;
        }
        return isChunk(call) && failures++ === 0 ? Promise.reject(BROKEN) : undefined;
      });
      await until(() => client.chunks.length === 6);
      assert.equal(load.data.runnerErrors, undefined);
      open();
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(client.chunks[6], client.chunks[0]);
      assertWhole(load, KNOWN);
    });

    it('does not retry it before the list has a page', async () => {
      const { opened, open } = gate();
      const client = new MemoryClient(KNOWN, (call) =>
        isPlain(call) && call.page === 0 ? opened : undefined,
      );
      const list = client.listScmIntegrations.bind(client);
      const signals: AbortSignal[] = [];
      client.listScmIntegrations = async function* (options, runnerIds) {
        if (runnerIds?.includes(FIRST) === true && signals.push(options.signal) === 1) {
          options.onRetry?.({ error: BROKEN, waitMs: 500, askedFor: false });
          throw apiError({ problem: 'canceled', code: 'canceled' });
        }
        yield* list(options, runnerIds);
      };
      const load = new Loader(client, await loaded(KNOWN), {
        ...quiet,
        onChange: () => undefined,
      });
      const outcome = load.everything('parallel');
      await until(() => client.chunks.length === 5);
      assert.deepEqual([signals.length, signals[0]?.aborted, load.retry], [1, true, undefined]);
      open();
      assert.equal((await outcome).error, undefined);
      assert.deepEqual([signals.length, signals[1]?.aborted], [2, false]);
      assertWhole(load, KNOWN);
    });

    it('makes it once more if the page comes while it is being given up', async () => {
      const { opened: page, open: answerPage } = gate();
      const { opened: end, open: endWalk } = gate();
      const client = new MemoryClient(KNOWN, (call) => {
        if (isPlain(call)) {
          return call.page === 0 ? page : end;
        }
        return undefined;
      });
      const list = client.listScmIntegrations.bind(client);
      let attempts = 0;
      client.listScmIntegrations = async function* (options, runnerIds) {
        if (runnerIds?.includes(FIRST) === true && ++attempts === 1) {
          options.onRetry?.({ error: BROKEN, waitMs: 500, askedFor: false });
          answerPage();
          await until(() => client.calls.some((call) => isPlain(call) && call.page === 1));
          throw apiError({ problem: 'canceled', code: 'canceled' });
        }
        yield* list(options, runnerIds);
      };
      const load = new Loader(client, await loaded(KNOWN), { ...quiet, onChange: () => undefined });
      const outcome = load.everything('parallel');
      await until(() => attempts > 0 && client.calls.some((call) => isPlain(call) && call.page === 1));
      await setImmediate();
      assert.equal(attempts, 2);
      endWalk();
      assert.equal((await outcome).error, undefined);
      assertWhole(load, KNOWN);
    });
  });

  it('says nothing of single runners if the API does not answer, and asks for no others', async () => {
    const lists = listsOf({ runners: 500, integrations: 1000 });
    const previous = await loaded(lists);
    const { client, load, outcome } = refresh(previous, lists, () => Promise.reject(BROKEN));
    assert.equal((await outcome).error, BROKEN);
    assert.equal(load.data, previous);
    assert.equal(client.chunks.length, 7);
    await setImmediate();
    assert.equal(load.data, previous);
    assert.equal(client.chunks.length, 7, 'none later');
  });

  it('ends requests that are still open once the list could not be read at all', async () => {
    const { client, outcome } = refresh(await loaded(KNOWN), KNOWN, (call) =>
      isChunk(call) ? never() : isPlain(call) ? Promise.reject(BROKEN) : undefined,
    );
    assert.equal((await outcome).error, BROKEN);
    assert.equal(client.chunks.length, 6);
    assert.ok(client.calls.filter(isChunk).every(({ options }) => options.signal.aborted));
  });

  it('adds nothing of a chunk that arrives after the list could not be read', async () => {
    const previous = await loaded(KNOWN);
    const { opened, open } = gate();
    const changed = KNOWN.integrations.map((one) => ({ ...one, virtualDirectory: '/changed' }));
    const { load, outcome } = refresh(previous, { ...KNOWN, integrations: changed }, (call) =>
      isChunk(call) ? opened : Promise.reject(BROKEN),
    );
    assert.equal((await outcome).error, BROKEN);
    open();
    await setImmediate();
    assert.equal(load.data, previous);
  });

  it('handles the error of a listener that a chunk ends with long before the list', async () => {
    const { opened, open } = gate();
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    try {
      const client = new MemoryClient(KNOWN, slowWalk(opened));
      let changes = 0;
      const onChange = () => {
        if (++changes === 1) {
          throw new Error('broken');
        }
      };
      const outcome = new Loader(client, await loaded(KNOWN), { ...quiet, onChange }).everything('parallel');
      await until(() => changes > 0);
      await setImmediate();
      open();
      await assert.rejects(outcome, /broken/);
      await setImmediate();
      assert.deepEqual(unhandled, []);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
