import assert from 'node:assert/strict';
import { usesExcelSemicolon } from '../../../src/formats/excelSemicolon.ts';

describe('the separator that Excel expects in CSV', () => {
  for (const [locale, isSemicolon] of [
    ['de', true],
    ['fr', true],
    ['pt-br', true],
    ['de-AT', true],
    ['en-ZA', true],
    // With a decimal point.
    ['de-CH', true],
    ['it-ch', true],
    ['de-LI', true],
    ['es-MX', false],
    ['en-IN', false],
    ['en', false],
    ['ja', false],
    ['zh-cn', false],
    ['qps-ploc', false],
    ['en_US', false],
    ['', false],
  ] as const) {
    it(`${isSemicolon ? 'is' : 'is not'} a semicolon in ${JSON.stringify(locale)}`, () =>
      assert.equal(usesExcelSemicolon(locale), isSemicolon));
  }
});
