import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inSlices, runInSlices } from '../../../src/base/slices.ts';

/** Steps of `ms` milliseconds each; the result is their number. */
function* steps(count: number, ms = 0): Generator<void, number, undefined> {
  for (let step = 0; step < count; step++) {
    const until = performance.now() + ms;
    while (performance.now() < until) {
      // Busy-waits.
    }
    yield;
  }
  return count;
}

const failed = (error: unknown) => assert.fail(String(error));

describe('work in slices', () => {
  it('is done at once where it is little', () => {
    const done: number[] = [];
    assert.equal(runInSlices(steps(10), { done: (count) => done.push(count), failed }), undefined);
    assert.deepEqual(done, [10]);
  });

  it('lets others have their turn where it is much', async () => {
    let turns = 0;
    const progress = { isDone: false };
    const work = inSlices(steps(40, 2)).finally(() => (progress.isDone = true));
    while (!progress.isDone) {
      turns++;
      await setImmediate();
    }
    assert.equal(await work, 40);
    assert.ok(turns > 2, `${turns} turns`);
  });

  it('tells how long it worked itself', async () => {
    const spent = await new Promise<number>((resolve) => {
      runInSlices(steps(10, 5), { done: (_, spentMs) => resolve(spentMs), failed });
    });
    assert.ok(spent >= 50, `${spent} ms`);
  });

  it('fails as its steps do, at once or later', async () => {
    function* failing(count: number): Generator<void, number, undefined> {
      yield* steps(count, 2);
      throw new RangeError('step');
    }
    for (const count of [0, 40]) {
      await assert.rejects(inSlices(failing(count)), RangeError);
    }
  });

  it('says nothing once it was ended', async () => {
    const stop = runInSlices(steps(40, 2), { done: () => assert.fail('done'), failed });
    assert.ok(stop !== undefined);
    stop();
    await setImmediate();
    await setImmediate();
  });
});
