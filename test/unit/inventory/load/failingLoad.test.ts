import assert from 'node:assert/strict';
import type { InventoryState } from '../../../../src/inventory/model.ts';
import { gate, type PageCall } from './memoryClient.ts';
import { LOADING, LOST, READY, RETRY, START, startedLoads } from './startedLoad.ts';

const LATER = { ...RETRY, waitMs: 1000 };

describe('a running load whose tries fail', () => {
  const { start, tick } = startedLoads();

  /** A load whose two lists are both retried until they are let through. */
  function startFailing(before: InventoryState) {
    const { opened, open } = gate();
    const calls: PageCall[] = [];
    const started = start(
      (call) => {
        calls.push(call);
        call.options.onRetry?.(RETRY);
        return opened;
      },
      { before },
    );
    const recover = () => calls.forEach(({ options }) => options.onRetry?.(undefined));
    const failAgain = () => calls.forEach(({ options }) => options.onRetry?.(LATER));
    return { ...started, open, recover, failAgain };
  }

  for (const before of [LOADING, READY]) {
    it(`says so at once: ${before.kind}`, async () => {
      const { last } = startFailing(before);
      await tick();
      assert.deepEqual([last().kind, last().retry, last().data], [before.kind, RETRY, before.data]);
    });
  }

  it('says so at each try', async () => {
    const { last, failAgain } = startFailing(READY);
    await tick();
    failAgain();
    await tick();
    assert.equal(last().retry, LATER);
  });

  it('says so until each of its calls has recovered', async () => {
    const calls: PageCall[] = [];
    const { last } = start(
      (call) => {
        calls.push(call);
        call.options.onRetry?.(RETRY);
        return gate().opened;
      },
      { before: READY },
    );
    await tick();
    calls[0]?.options.onRetry?.(undefined);
    await tick(5000);
    assert.deepEqual([last().kind, last().retry], ['stale', RETRY]);
    calls[1]?.options.onRetry?.(undefined);
    await tick();
    assert.deepEqual([last().kind, last().retry], ['ready', undefined]);
  });

  for (const [before, kind] of [
    [LOADING, 'failed'],
    [READY, 'stale'],
  ] as const) {
    it(`is ${kind} after five seconds, since they began to fail, while it goes on: ${before.kind}`, async () => {
      const { running, last, open, ended } = startFailing(before);
      await tick();
      await tick(4999);
      assert.equal(last().kind, before.kind);
      await tick(1);
      const state = last();
      assert.ok(state.kind === 'stale' || state.kind === 'failed');
      assert.deepEqual(
        [state.kind, state.error, state.isLoading, state.retry, state.since],
        [kind, LOST, true, RETRY, START],
      );
      assert.equal(ended(), undefined);
      open();
      await running.done;
      assert.deepEqual([last().kind, last().retry], ['ready', undefined]);
    });
  }

  it('is as before as soon as none fails any more', async () => {
    const { last, recover } = startFailing(READY);
    await tick();
    await tick(5000);
    assert.equal(last().kind, 'stale');
    recover();
    await tick();
    assert.deepEqual(last(), { ...READY, isLoading: true });
  });

  it('counts five seconds anew where all was well meanwhile', async () => {
    const { last, recover, failAgain } = startFailing(READY);
    await tick();
    await tick(4000);
    recover();
    await tick(1000);
    failAgain();
    const failingSince = new Date();
    await tick(4999);
    assert.equal(last().kind, 'ready');
    await tick(1);
    const state = last();
    assert.ok(state.kind === 'stale');
    assert.deepEqual(state.since, failingSince);
  });

  it('has failed since they began to where none succeeds, and never seems well meanwhile', async () => {
    const { opened, open } = gate();
    const { running, last, states } = start(
      async ({ options }) => {
        options.onRetry?.(RETRY);
        await opened;
        throw LOST;
      },
      { before: READY },
    );
    await tick(60_000);
    open();
    await running.done;
    const state = last();
    assert.ok(state.kind === 'stale');
    assert.deepEqual(
      [state.error, state.since, state.isLoading, state.retry],
      [LOST, START, false, undefined],
    );
    assert.deepEqual(
      states.map(({ kind }) => kind),
      ['ready', 'ready', 'stale', 'stale'],
    );
  });
});
