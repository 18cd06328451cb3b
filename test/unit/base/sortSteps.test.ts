import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortSteps } from '../../../src/base/sortSteps.ts';

interface Item {
  readonly key: number;
  readonly place: number;
}

const byKey = (a: Item, b: Item) => a.key - b.key;

/** The sorted items, and the number of pauses. */
function run<T>(items: readonly T[], compare: (a: T, b: T) => number) {
  const steps = sortSteps(items, compare);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done === true) {
      return { sorted: value, pauses };
    }
  }
}

/** Items with many equal keys, unsorted, always the same. */
function itemsOf(count: number): Item[] {
  return Array.from({ length: count }, (_, place) => ({ key: (place * 7919) % 97, place }));
}

describe('sorting in steps', () => {
  for (const size of [0, 1, 2, 999, 1000, 1001, 1999, 2000, 2001, 3000, 4500]) {
    const shapes: [name: string, items: Item[]][] = [
      ['without an order', itemsOf(size)],
      ['in order', itemsOf(size).sort(byKey)],
      ['in the other order', itemsOf(size).sort(byKey).reverse()],
      ['that are all equal', itemsOf(size).map(({ place }) => ({ key: 0, place }))],
    ];
    for (const [name, items] of shapes) {
      it(`gives ${size} items ${name} as toSorted does, equal ones in their order`, () => {
        const before = [...items];
        const { sorted } = run(items, byKey);
        assert.deepEqual(sorted, items.toSorted(byKey));
        assert.deepEqual(items, before, 'the array itself is left alone');
        assert.notEqual(sorted, items);
      });
    }
  }

  it('gives any items as toSorted does', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4500, size: 'max' });
    fc.assert(
      fc.property(keys, (all) => {
        const items = all.map((key, place) => ({ key, place }));
        assert.deepEqual(run(items, byKey).sorted, items.toSorted(byKey));
      }),
      { numRuns: 25 },
    );
  });

  it('compares no item with itself nor with what is not there', () => {
    run(itemsOf(2500), (a: Item | undefined, b: Item | undefined) => {
      assert.ok(a !== undefined && b !== undefined && a !== b);
      return byKey(a, b);
    });
  });

  it('pauses after every thousand items that it has sorted or merged', () => {
    assert.equal(run(itemsOf(0), byKey).pauses, 0);
    assert.equal(run(itemsOf(1000), byKey).pauses, 1);
    // Four runs, two merges of two thousand, one of four thousand.
    assert.equal(run(itemsOf(4000), byKey).pauses, 4 + 2 * 2 + 4);
  });

  it('compares no more than a thousand items need between two pauses', () => {
    let compared = 0;
    const steps = sortSteps(itemsOf(8000), (a, b) => {
      compared++;
      return byKey(a, b);
    });
    let most = 0;
    while (steps.next().done !== true) {
      most = Math.max(most, compared);
      compared = 0;
    }
    assert.ok(most <= 1000 * Math.log2(1000), `${most} comparisons`);
  });
});
