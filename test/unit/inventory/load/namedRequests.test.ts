import assert from 'node:assert/strict';
import { namedRequests } from '../../../../src/inventory/load/namedRequests.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { integrationOf } from '../fixtures.ts';

const [a, b, c] = ['a', 'b', 'c'].map(deterministicUuid) as [string, string, string];

/** So many integrations of a runner. */
function of(runnerId: string, count: number) {
  return Array.from({ length: count }, (_, i) => integrationOf({ id: `${runnerId}/${i}`, runnerId }));
}

async function requested(
  counts: readonly (readonly [runnerId: string, known: number, missing: number])[],
  { pageSize = 10, areAlone = false } = {},
): Promise<readonly (readonly string[])[]> {
  const known = counts.map(([id, count]) => of(id, count));
  const missing = counts.flatMap(([, , count], i) => known[i]?.slice(0, count) ?? []);
  const requests = await namedRequests(missing, { known: known.flat(), pageSize, areAlone });
  assert.deepEqual(
    requests.flatMap(({ items }) => items),
    missing.filter(({ runnerId }) => requests.some(({ runnerIds }) => runnerIds.includes(runnerId))),
  );
  return requests.map(({ runnerIds }) => runnerIds);
}

describe('requests by the names of runners', () => {
  it('have no more runners than should fit on a page', async () => {
    assert.deepEqual(
      await requested([
        [a, 5, 1],
        [b, 5, 1],
        [c, 1, 1],
      ]),
      [[a, b], [c]],
    );
    assert.deepEqual(
      await requested([
        [a, 6, 1],
        [b, 5, 1],
        [c, 5, 1],
      ]),
      [[a], [b, c]],
    );
  });

  it('are for one runner each if that is asked for', async () => {
    const counts = [
      [a, 1, 1],
      [b, 1, 1],
    ] as const;
    assert.deepEqual(await requested(counts, { areAlone: true }), [[a], [b]]);
  });

  it('are not for runners that have more than fits, but for those that may have had more', async () => {
    assert.deepEqual(
      await requested([
        [a, 12, 1],
        [b, 12, 2],
        ['managed-runner', 1, 1],
      ]),
      [[b]],
    );
  });

  it('expect the API to keep its promise about pages if there was only one', async () => {
    assert.deepEqual(await requested([[a, 100, 1]], { pageSize: 0 }), [[a]]);
    assert.deepEqual(await requested([[a, 102, 1]], { pageSize: 0 }), []);
  });
});
