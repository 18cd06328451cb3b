import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldText, foldWithPositions } from '../../../src/base/foldText.ts';

/** The parts of the text in which the folded word occurs. */
function marked(text: string, word: string): string[] {
  const folded = foldWithPositions(text);
  const found = foldText(word);
  const parts: string[] = [];
  for (let at = folded.text.indexOf(found); at !== -1; at = folded.text.indexOf(found, at + 1)) {
    parts.push(text.slice(...folded.originalRange(at, at + found.length)));
  }
  return parts;
}

describe('folding text', () => {
  const same: [string, string][] = [
    ['Zürich', 'zurich'],
    ['Zu\u0308rich', 'zürich'],
    ['Việt Nam', 'viet nam'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['İstanbul', 'istanbul'],
    ['Ёлка', 'елка'],
    ['Άλφα', 'αλφα'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδός', 'ΟΔΟΣ'],
    ['Straẞe', 'straße'],
    ['ＧｉｔＨｕｂ', 'github'],
    ['ﾄﾞｯｸ', 'ドック'],
    ['か\u3099', 'が'],
    ['\u1112\u1161\u11ab', '한'],
    ['𝐆it', 'git'],
    // The same emoji for people: as text, and with the selector that keyboards add.
    ['❤ prod', '❤\ufe0f prod'],
  ];
  for (const [a, b] of same) {
    it(`makes no difference between ${a} and ${b}`, () => assert.equal(foldText(a), foldText(b)));
  }

  const different: [string, string][] = [
    ['ß', 'ss'],
    ['ø', 'o'],
    ['Ł', 'l'],
    ['ı', 'i'],
    ['が', 'か'],
    ['ぱ', 'は'],
    ['한', '하'],
    ['ア', 'あ'],
  ];
  for (const [a, b] of different) {
    it(`tells ${a} from ${b}`, () => assert.notEqual(foldText(a), foldText(b)));
  }

  it('knows where each part comes from, if lengths change', () => {
    assert.deepEqual(marked('runner Zürich', 'zurich'), ['Zürich']);
    assert.deepEqual(marked('runner Zu\u0308rich 2', 'zurich'), ['Zu\u0308rich']);
    assert.deepEqual(marked('Zu\u0308rich', 'u'), ['u\u0308'], 'an accent belongs to its letter');
    assert.deepEqual(marked('İ.com', 'com'), ['com']);
    assert.deepEqual(marked('ﬁle and file', 'file'), ['ﬁle', 'file']);
    assert.deepEqual(marked('❤\ufe0f prod', '❤'), ['❤\ufe0f']);
    assert.deepEqual(marked('oﬃce', 'f'), ['ﬃ', 'ﬃ']);
    assert.deepEqual(marked('😀 GitHub 😀', 'hub'), ['Hub']);
    assert.deepEqual(marked('\u1112\u1161\u11ab국', '국'), ['국']);
    assert.deepEqual(marked('ﾄﾞｯｸ 1', '1'), ['1']);
    assert.deepEqual(marked('ΟΔΟΣ ΟΔΟΣ', 'οδος'), ['ΟΔΟΣ', 'ΟΔΟΣ']);
  });

  it('gives the whole text as the position of what has joined without its accent', () => {
    const { text, originalRange } = foldWithPositions('\u1112\u0301\u1161');
    assert.equal(text, foldText('\u1112\u0301\u1161'));
    assert.deepEqual(originalRange(0, 1), [0, 3]);
  });

  it('gives the same text with positions as without, and positions inside the original', () => {
    const signs =
      'aZüßİſΣσς한국\u1112\u1161\u11abがか\u3099ﾞｶＧﬁ…´\u0301\u0308\u0327\u0323 .-😀\ufe0f\u200d👩क्ष';
    const unit = fc.nat(signs.length - 1).map((index) => signs.charAt(index));
    const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, (some) => {
        const folded = foldWithPositions(some);
        assert.equal(folded.text, foldText(some));
        let last = 0;
        for (let at = 0; at < folded.text.length; at++) {
          const [start, end] = folded.originalRange(at, at + 1);
          assert.ok(start < end && end <= some.length && start >= last);
          last = start;
        }
      }),
    );
  });
});
