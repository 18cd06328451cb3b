import assert from 'node:assert/strict';
import { trimInvisible } from '../../../src/base/invisible.ts';

describe('a text without invisible characters around it', () => {
  const invisible =
    '\t\n\r \0\u007f\u0085\u00a0\u00ad\u034f\u061c\u115f\u180e\u2000\u2028\u202f\u205f\u2800\u3000\u3164\ufeff' +
    '\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2064\u2066\u2069\ufe00\ufe0f\u{e0001}\u{e007f}\u{e0100}';
  for (const character of invisible) {
    it(`loses U+${character.codePointAt(0)?.toString(16)}`, () => {
      assert.equal(trimInvisible(`${character}a b${character}${character}`), 'a b');
      assert.equal(trimInvisible(character), '');
    });
  }

  it('keeps what is inside, and every letter', () => {
    for (const text of [
      '',
      'a',
      'a\u200bb',
      'Zu\u0308rich',
      '\u{1f600}',
      '日本',
      'a\nb',
      '\u202fa'.slice(1),
    ]) {
      assert.equal(trimInvisible(text), text);
    }
  });
});
