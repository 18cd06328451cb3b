import assert from 'node:assert/strict';
import { hasDecimalComma } from '../../../src/formats/decimalComma.ts';

describe('the decimal separator of a language', () => {
  for (const [locale, isComma] of [
    ['de', true],
    ['fr', true],
    ['pt-br', true],
    ['de-CH', false],
    ['en', false],
    ['ja', false],
    ['zh-cn', false],
    ['qps-ploc', false],
    ['en_US', false],
    ['', false],
  ] as const) {
    it(`${isComma ? 'is' : 'is not'} a comma in ${JSON.stringify(locale)}`, () =>
      assert.equal(hasDecimalComma(locale), isComma));
  }
});
