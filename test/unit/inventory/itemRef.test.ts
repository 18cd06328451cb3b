import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  integrationRef,
  type ItemRef,
  parseRefKey,
  refKey,
  runnerRef,
  sameRef,
} from '../../../src/inventory/itemRef.ts';
import { integrationOf } from './fixtures.ts';

/** Few texts, so that many refs are equal, including some that look like a key's delimiters. */
const text = fc.constantFrom('', 'a', 'runner', '","', '\\', 'é\ud800');
const anyRef: fc.Arbitrary<ItemRef> = fc.oneof(
  text.map(runnerRef),
  fc
    .record({ id: text, runnerId: text, scmId: text, host: text })
    .map((fields) => integrationRef(integrationOf(fields))),
);

describe('a ref', () => {
  it('leads back from its key', () => {
    fc.assert(fc.property(anyRef, (ref) => assert.deepEqual(parseRefKey(refKey(ref)), ref)));
  });

  it('has the same key as another one just if both are the same', () => {
    fc.assert(
      fc.property(anyRef, anyRef, (a, b) => {
        assert.equal(refKey(a) === refKey(b), sameRef(a, b));
      }),
    );
  });

  it('tells integrations with one ID apart by runner, host and provider', () => {
    const ref = integrationRef(integrationOf({ id: 'i', runnerId: 'r' }));
    assert.ok(sameRef(ref, integrationRef(integrationOf({ id: 'i', runnerId: 'r', pat: false }))));
    for (const other of [{ runnerId: 's' }, { host: 'gitlab.com' }, { scmId: 'gitlab' }, { id: 'j' }]) {
      assert.ok(!sameRef(ref, integrationRef(integrationOf({ id: 'i', runnerId: 'r', ...other }))));
    }
    assert.ok(!sameRef(ref, runnerRef('r')));
  });

  for (const key of [
    '',
    '{}',
    '[',
    '[]',
    '["runner"]',
    '["runner",1]',
    '["integration","r","i","github"]',
    '["other","r"]',
  ]) {
    it(`is none of the key ${key}`, () => assert.equal(parseRefKey(key), undefined));
  }
});
