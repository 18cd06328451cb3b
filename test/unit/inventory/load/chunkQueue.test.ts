import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { ChunkQueue } from '../../../../src/inventory/load/chunkQueue.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';

const ids = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => deterministicUuid(`runner/${from + i}`));

/** Chunks with pending answers. */
function heldChunks() {
  const asked: { readonly ids: readonly string[]; readonly answer: (count: number | undefined) => void }[] =
    [];
  const chunks = new ChunkQueue(
    (runnerIds) => new Promise((answer) => asked.push({ ids: runnerIds, answer })),
  );
  let isDone = false;
  void chunks.done.then(() => (isDone = true));
  return {
    chunks,
    asked,
    sizes: () => asked.map((chunk) => chunk.ids.length),
    /** Answers some of the chunks, in order. */
    answer: async (from: number, to: number, countOf: (ids: readonly string[]) => number | undefined) => {
      asked.slice(from, to).forEach((chunk) => chunk.answer(countOf(chunk.ids)));
      await setImmediate();
    },
    isDone: async () => {
      await setImmediate();
      return isDone;
    },
  };
}

describe('chunks of runners', () => {
  it('are asked for six at once, so that the plain walks find a free place', async () => {
    const { chunks, asked, sizes, answer } = heldChunks();
    chunks.add(ids(250));
    chunks.begin(1);
    assert.deepEqual(sizes(), Array(6).fill(25));
    await answer(0, 1, (chunk) => chunk.length);
    assert.equal(asked.length, 7);
    await answer(1, 3, (chunk) => chunk.length);
    assert.equal(asked.length, 9);
  });

  it('are asked for only once somebody knows how large they should be', () => {
    const { chunks, asked } = heldChunks();
    chunks.add(ids(100));
    assert.equal(asked.length, 0);
  });

  describe('fit a page', () => {
    for (const [estimate, size] of [
      [0, 25],
      [0.5, 25],
      [4, 25],
      [4.1, 24],
      [5, 20],
      [10, 10],
      [33, 3],
      [34, 2],
      [51, 1],
      [1000, 1],
    ] as const) {
      it(`by the first page: ${estimate} integrations a runner, ${size} runners a chunk`, () => {
        const { chunks, sizes } = heldChunks();
        chunks.add(ids(250));
        chunks.begin(estimate);
        assert.deepEqual(sizes(), Array(6).fill(size));
      });
    }

    for (const [average, size] of [
      [0, 25],
      [4, 25],
      [5, 20],
      [20, 5],
      [200, 1],
    ] as const) {
      it(`by what has come: ${average} integrations a runner, ${size} runners a chunk`, async () => {
        const { chunks, sizes, answer } = heldChunks();
        chunks.add(ids(500));
        chunks.begin(1);
        await answer(0, 6, (chunk) => chunk.length * average);
        assert.deepEqual(sizes(), [...Array<number>(6).fill(25), ...Array<number>(6).fill(size)]);
      });
    }

    it('by all that has come, not by the last', async () => {
      const { chunks, sizes, answer } = heldChunks();
      chunks.add(ids(500));
      chunks.begin(1);
      // 25 runners with 8, then 25 with none: 4 on average.
      await answer(0, 1, (chunk) => chunk.length * 8);
      await answer(1, 2, () => 0);
      assert.deepEqual(sizes().slice(6), [12, 25]);
    });

    it('whatever could not be found out', async () => {
      const { chunks, sizes, answer } = heldChunks();
      chunks.add(ids(500));
      chunks.begin(10);
      await answer(0, 3, () => undefined);
      assert.deepEqual(sizes(), Array(9).fill(10));
    });
  });

  it('are full as long as more runners may come', async () => {
    const { chunks, sizes, answer } = heldChunks();
    chunks.begin(1);
    chunks.add(ids(24));
    assert.deepEqual(sizes(), []);
    chunks.add(ids(30, 24));
    assert.deepEqual(sizes(), [25, 25]);
    await answer(0, 2, (chunk) => chunk.length);
    assert.deepEqual(sizes(), [25, 25]);
    chunks.end();
    assert.deepEqual(sizes(), [25, 25, 4]);
  });

  it('hold every runner once, in its order, and none that the filter would refuse', async () => {
    const { chunks, asked, answer, isDone } = heldChunks();
    const uuids = ids(60);
    const strange = ['managed-runner-1', '', 'x'.repeat(36), `${uuids[0] ?? ''}0`, `{${uuids[1] ?? ''}}`];
    chunks.begin(2);
    chunks.add([...strange, ...uuids.slice(0, 30)]);
    chunks.add([...uuids.slice(30), ...strange]);
    chunks.end();
    await answer(0, 3, (chunk) => chunk.length);
    assert.deepEqual(
      asked.flatMap((chunk) => chunk.ids),
      uuids,
    );
    assert.equal(await isDone(), true);
  });

  it('may have ids in capitals', () => {
    const { chunks, asked } = heldChunks();
    chunks.begin(1);
    chunks.add([ids(1)[0]?.toUpperCase() ?? '']);
    chunks.end();
    assert.equal(asked.length, 1);
  });

  describe('are done', () => {
    it('with the last answer, good or bad', async () => {
      const { chunks, answer, isDone } = heldChunks();
      chunks.begin(1);
      chunks.add(ids(50));
      chunks.end();
      await answer(0, 1, () => undefined);
      assert.equal(await isDone(), false);
      await answer(1, 2, () => 3);
      assert.equal(await isDone(), true);
    });

    it('at once where there is no runner', async () => {
      const { chunks, isDone } = heldChunks();
      chunks.begin(1);
      assert.equal(await isDone(), false, 'some may come');
      chunks.end();
      assert.equal(await isDone(), true);
    });

    it('once stopped, and then ask for no more', async () => {
      const { chunks, asked, answer, isDone } = heldChunks();
      chunks.begin(1);
      chunks.add(ids(250));
      chunks.stop();
      assert.equal(await isDone(), true);
      await answer(0, 6, (chunk) => chunk.length);
      chunks.add(ids(50, 250));
      chunks.end();
      assert.equal(asked.length, 6);
    });
  });
});
