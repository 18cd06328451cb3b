import assert from 'node:assert/strict';
import { readApiKey, ApiKeyFormatError } from '../../../src/account/apiKeyInput.ts';
import { unusableCharacterText, unusableKeyText } from '../../../src/words/characters.ts';

describe('what is said about an API key that cannot be sent', () => {
  function said(input: string): string {
    try {
      readApiKey(input);
    } catch (error) {
      assert.ok(error instanceof ApiKeyFormatError && error.character !== undefined);
      return unusableCharacterText(error.character);
    }
    return '';
  }
  const remedy = 'Remove it, or copy the key again.';
  const cases: [input: string, expected: string][] = [
    ['abcdefghijk\u200bl', `Character 12 of the API key is U+200B (zero-width space). ${remedy}`],
    ['\u200b"abc\u200bd"', `Character 4 of the API key is U+200B (zero-width space). ${remedy}`],
    ['abc def', `Character 4 of the API key is U+0020 (space). ${remedy}`],
    ['a\u00a0b', `Character 2 of the API key is U+00A0 (no-break space). ${remedy}`],
    ['a\u00adb', `Character 2 of the API key is U+00AD (soft hyphen). ${remedy}`],
    ['a\u202eb', `Character 2 of the API key is U+202E (text direction mark). ${remedy}`],
    ['a\u2066b', `Character 2 of the API key is U+2066 (text direction mark). ${remedy}`],
    ['a\u2063b', `Character 2 of the API key is U+2063 (invisible character). ${remedy}`],
    ['a\ufe0fb', `Character 2 of the API key is U+FE0F (variation selector). ${remedy}`],
    ['a\u{e0041}b', `Character 2 of the API key is U+E0041 (tag character). ${remedy}`],
    ['a\ufeffb', `Character 2 of the API key is U+FEFF (byte order mark). ${remedy}`],
    ['a\u3000b', `Character 2 of the API key is U+3000 (a kind of space). ${remedy}`],
    ['a\tb', `Character 2 of the API key is U+0009 (tab). ${remedy}`],
    ['a\u007fb', `Character 2 of the API key is U+007F (control character). ${remedy}`],
    ['\u201cabc', `Character 1 of the API key is U+201C (typographic quotation mark). ${remedy}`],
    ['a\u2013b', `Character 2 of the API key is U+2013 (dash). ${remedy}`],
    ['\u2022\u2022', `Character 1 of the API key is U+2022 (bullet, as in a hidden key). ${remedy}`],
    ['abc\u2026', `Character 4 of the API key is U+2026 (ellipsis, as in a shortened key). ${remedy}`],
    ['schl\u00fcssel', `Character 5 of the API key is U+00FC. ${remedy}`],
    ['a\u{1f600}b', `Character 2 of the API key is U+1F600. ${remedy}`],
    // Seen as a part of the letter before it.
    ['abe\u0301d', `Character 3 of the API key is U+0301 (accent or another mark on a letter). ${remedy}`],
    ['\u0301abc', `Character 1 of the API key is U+0301 (accent or another mark on a letter). ${remedy}`],
    ['a\ud800b', `Character 2 of the API key is U+D800. ${remedy}`],
  ];
  for (const [input, expected] of cases) {
    it(`names the character and its position: ${JSON.stringify(input)}`, () =>
      assert.equal(said(input), expected));
  }

  it('tells a line break from a character, as in a key copied from a narrow terminal', () => {
    for (const lineBreak of ['\n', '\r\n', '\n   ', '\u2028', '\u0085']) {
      assert.equal(
        said(`  abcd${lineBreak}efgh\n`),
        'The API key contains a line break after character 4. Copy it again in one piece.',
      );
    }
  });

  it('names the variable of the environment', () => {
    const character = { position: 12, code: 'U+200B' };
    assert.equal(
      unusableKeyText({ variable: 'ONA_API_KEY', character }),
      `The API key in ONA_API_KEY cannot be used. Character 12 of the API key is U+200B (zero-width space). ${remedy}`,
    );
  });
});
