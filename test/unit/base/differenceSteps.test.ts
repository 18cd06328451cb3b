import assert from 'node:assert/strict';
import { differenceSteps } from '../../../src/base/differenceSteps.ts';
import { atOnce } from './atOnce.ts';

const item = (name: string) => ({ name });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(item) as [object, object, object, object];

describe('the difference of two versions of a list', () => {
  const cases: [string, object[], object[], object[], object[]][] = [
    ['is empty for equal lists', [a, b, c], [a, b, c], [], []],
    ['is empty for another order', [a, b, c], [c, a, b], [], []],
    ['is what was added, wherever', [b, c], [a, b, d, c], [], [a, d]],
    ['is what was removed, wherever', [a, b, c, d], [b, d], [a, c], []],
    ['is what was replaced', [a, b, c], [a, d, c], [b], [d]],
    ['is all of a list that was empty', [], [a, b], [], [a, b]],
    ['is all of a list that is empty now', [a, b], [], [a, b], []],
    ['is another object, though equal', [a], [item('a')], [a], [item('a')]],
  ];
  for (const [title, before, after, gone, fresh] of cases) {
    it(title, () => assert.deepEqual(atOnce(differenceSteps(before, after)), { gone, fresh }));
  }

  it('does not look into items, and pauses', () => {
    const sealed = new Proxy({}, { get: () => assert.fail('looked into') });
    const items = Array.from({ length: 10_000 }, () => Object.create(sealed) as object);
    const steps = differenceSteps(items, [...items.slice(0, 5000), a, ...items.slice(5001)]);
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      pauses++;
    }
    const { gone, fresh } = step.value;
    assert.ok(gone.length === 1 && gone[0] === items[5000]);
    assert.deepEqual(fresh, [a]);
    assert.ok(pauses >= 8, `${pauses} pauses`);
  });
});
