import assert from 'node:assert/strict';
import { nextStatusChange } from '../../../src/inventory/nextStatusChange.ts';
import { AS_OF, JANE, tokenOf } from './withStatuses.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const after = (ms: number) => new Date(AS_OF.getTime() + ms);
const signIns = (...ends: number[]) => ({
  subject: JANE,
  tokens: ends.map((ms) => tokenOf({ expiresAt: after(ms).toISOString() })),
  asOf: AS_OF,
});

describe('the next moment at which a status can change', () => {
  it('is none if nothing ends', () => {
    assert.equal(nextStatusChange(undefined, [], AS_OF), undefined);
    assert.equal(
      nextStatusChange({ subject: JANE, tokens: [tokenOf({})], asOf: AS_OF }, [], AS_OF),
      undefined,
    );
    assert.equal(nextStatusChange(undefined, [after(-2 * DAY)], AS_OF), undefined);
  });

  it('is when a token enters its last seven days', () => {
    assert.deepEqual(nextStatusChange(signIns(30 * DAY, 8 * DAY), [], AS_OF), after(DAY));
  });

  it('is midnight as long as days are counted, and then the end', () => {
    const midnight = new Date(AS_OF.getFullYear(), AS_OF.getMonth(), AS_OF.getDate() + 1);
    assert.deepEqual(nextStatusChange(signIns(3 * DAY), [], AS_OF), midnight);
    assert.deepEqual(nextStatusChange(signIns(60_000), [], AS_OF), after(60_000));
  });

  it('is when an answer of a runner is 24 hours old', () => {
    assert.deepEqual(nextStatusChange(undefined, [after(-HOUR), after(-23 * HOUR)], AS_OF), after(HOUR));
  });
});
