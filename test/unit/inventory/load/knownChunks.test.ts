import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inSlices } from '../../../../src/base/slices.ts';
import { knownChunkSteps } from '../../../../src/inventory/load/knownChunks.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';

const idOf = (i: number) => deterministicUuid(`runner/${i}`);

/** The chunks of runners with these numbers of integrations, as those numbers. */
async function chunksOf(counts: readonly number[]): Promise<readonly (readonly number[])[]> {
  const byId = new Map(counts.map((count, i) => [idOf(i), count]));
  const countOf = (id: string) => byId.get(id) ?? assert.fail(id);
  const { chunks, runnerIds, average } = await inSlices(knownChunkSteps([...byId.keys()], countOf));
  assert.deepEqual([...runnerIds].sort(), chunks.flat().sort(), 'none twice');
  const left = [...byId.keys()].filter((id) => !runnerIds.has(id));
  assert.ok(left.every((id) => countOf(id) === 0));
  assert.equal(average, counts.length === 0 ? 0 : sum(counts) / counts.length);
  return chunks.map((chunk) => chunk.map(countOf));
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('chunks of known runners', () => {
  it('fill a page', async () => {
    assert.deepEqual(await chunksOf(Array<number>(40).fill(5)), [Array(20).fill(5), Array(20).fill(5)]);
  });

  it('have no more ids than a filter takes', async () => {
    assert.deepEqual(
      (await chunksOf(Array<number>(60).fill(1))).map(({ length }) => length),
      [25, 25, 10],
    );
  });

  it('are filled up with smaller runners, and with those that had none', async () => {
    assert.deepEqual(await chunksOf([0, 60, 30, 60, 0, 10, 40]), [
      [60, 40, 0, 0],
      [60, 30, 10],
    ]);
  });

  it('leave out runners that had none and would need another chunk', async () => {
    const none = Array<number>(30).fill(0);
    assert.deepEqual(await chunksOf(none), []);
    assert.deepEqual(await chunksOf([3, ...none, 4]), [[4, 3, ...none.slice(0, 23)]]);
  });

  it('ask first, and alone, for a runner with more than a page', async () => {
    assert.deepEqual(await chunksOf([1, 250, 1]), [[250], [1, 1]]);
  });

  it('leave out runners that the filter would refuse', async () => {
    const { chunks, runnerIds } = await inSlices(knownChunkSteps(['managed-runner', '', idOf(0)], () => 1));
    assert.deepEqual([chunks, [...runnerIds]], [[[idOf(0)]], [idOf(0)]]);
  });

  it('keep the order of runners of one size', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => idOf(i));
    const { chunks } = await inSlices(knownChunkSteps(ids, () => 2));
    assert.deepEqual(chunks, [ids.slice(0, 25), ids.slice(25)]);
  });

  it('are never more than a page, nor more than chunks of the average size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 300 }), async (counts) => {
        const chunks = await chunksOf(counts);
        assert.ok(chunks.every((chunk) => chunk.length <= 25 && sum(chunk) <= 100));
        const average = sum(counts) / counts.length;
        const size = Math.max(1, Math.min(25, Math.floor(100 / average)));
        assert.ok(chunks.length <= Math.ceil(counts.length / size) + 1);
      }),
    );
  });
});
