import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inSlices, runInSlices } from '../../../src/inventory/slices.ts';

/** Steps that take so many milliseconds each; the result is their number. */
function* steps(count: number, ms = 0): Generator<void, number, undefined> {
  for (let step = 0; step < count; step++) {
    const until = performance.now() + ms;
    while (performance.now() < until);
    yield;
  }
  return count;
}

describe('work in slices', () => {
  it('is done at once where it is little', () => {
    const done: number[] = [];
    assert.equal(
      runInSlices(steps(10), (count) => done.push(count)),
      undefined,
    );
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
      runInSlices(steps(10, 5), (_, spentMs) => resolve(spentMs));
    });
    assert.ok(spent >= 50, `${spent} ms`);
  });

  it('says nothing once it was ended', async () => {
    const stop = runInSlices(steps(40, 2), () => assert.fail('done'));
    assert.ok(stop !== undefined);
    stop();
    await setImmediate();
    await setImmediate();
  });
});
