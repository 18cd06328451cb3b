import assert from 'node:assert/strict';
import type { ItemRef } from '../../../src/inventory/itemRef.ts';
import { leftOutTest } from '../../../src/inventory/leftOutTest.ts';
import type { LeftOutItem } from '../../../src/inventory/model.ts';

const integration: ItemRef = {
  kind: 'integration',
  runnerId: 'r',
  id: 'i',
  scmId: 'github',
  host: 'a.example',
};
const runner: ItemRef = { kind: 'runner', runnerId: 'r' };
const asOf = new Date();

describe('an item that may be one of those left out', () => {
  const mayBe = (ref: ItemRef, runners: Partial<LeftOutItem>[], integrations: Partial<LeftOutItem>[]) => {
    const items = (of: Partial<LeftOutItem>[]) => of.map((one) => ({ fault: '', key: '', ...one }));
    return leftOutTest({ runners: items(runners), integrations: items(integrations), asOf })(ref);
  };

  const cases: [string, Partial<LeftOutItem>, boolean][] = [
    ['has the same ids', { id: 'i', runnerId: 'r' }, true],
    ['has the same id, and the runner could not be read', { id: 'i' }, true],
    ['is on the same runner, and the id could not be read', { runnerId: 'r' }, true],
    ['could be any', {}, true],
    ['does not have another id', { id: 'j', runnerId: 'r' }, false],
    ['is not on another runner', { id: 'i', runnerId: 's' }, false],
  ];
  for (const [title, leftOut, expected] of cases) {
    it(title, () => {
      assert.equal(mayBe(integration, [], [leftOut]), expected);
      assert.equal(mayBe(runner, [], [leftOut]), false);
    });
  }

  it('is a runner if any was left out, because none is left out whose id can be read', () => {
    assert.equal(mayBe(runner, [{}], []), true);
    assert.equal(mayBe(integration, [{}], []), false);
  });

  it('is none if nothing was left out', () => {
    assert.equal(leftOutTest(undefined)(runner), false);
    assert.equal(leftOutTest(undefined)(integration), false);
  });
});
