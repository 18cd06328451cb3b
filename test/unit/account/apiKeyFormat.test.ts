import assert from 'node:assert/strict';
import { normalizeApiKey, unusableCharacter } from '../../../src/account/apiKeyFormat.ts';
import { readApiKey } from '../../../src/account/apiKeyInput.ts';

describe('a pasted API key', () => {
  const cases: [input: string, apiKey: string][] = [
    ['abc', 'abc'],
    ['  abc\n', 'abc'],
    ['"abc"', 'abc'],
    ["'abc'", 'abc'],
    ['`abc`', 'abc'],
    [' " abc " ', 'abc'],
    ['Bearer abc', 'abc'],
    ['bearer   abc', 'abc'],
    ['BEARER\tabc', 'abc'],
    ['"Bearer abc"', 'abc'],
    [" 'Bearer  abc' \r\n", 'abc'],
    ['Bearer "abc"', 'abc'],
    ["Bearer 'abc' ", 'abc'],
    ['abc"def', 'abc"def'],
    ['Bearerabc', 'Bearerabc'],
    ['', ''],
    ['  ', ''],
    ['""', ''],
    ['Bearer ', ''],
    ['"Bearer "', ''],
    ['\u200babc', 'abc'],
    ['\ufeffabc\u200b\u200d\u2060', 'abc'],
    ['\u202aabc\u202c', 'abc'],
    ['\u2066abc\u2069', 'abc'],
    ['abc\u00ad\ufe0f\u{e0041}\u{e007f}', 'abc'],
    ['\u00a0\u3000\u2007abc\u2800\u3164', 'abc'],
    ['\0abc\r\n\t\u0085\u2028', 'abc'],
    ['Bearer\u00a0abc', 'abc'],
    ['\u200bBearer \u200b abc', 'abc'],
    ['Bearer\u200babc', 'abc'],
    ['"\u200babc\u200b"', 'abc'],
    ['\u201cabc\u201d', 'abc'],
    ['\u201eabc\u201c', 'abc'],
    ['\u201dabc\u201d', 'abc'],
    ['\u2018abc\u2019', 'abc'],
    ['\u00ababc\u00bb', 'abc'],
    ['\u300cabc\u300d', 'abc'],
    ['\u201c\u200bBearer abc\u200b\u201d', 'abc'],
    ['\u201c\u201d', ''],
    ['\u200b', ''],
    ['\u200bBearer\u200b', ''],
  ];
  for (const [input, apiKey] of cases) {
    it(`${JSON.stringify(input)} is ${JSON.stringify(apiKey)}`, () => {
      assert.equal(normalizeApiKey(input), apiKey);
    });
  }

  it('is found in a long text at once', () => {
    const text = `${'\u200b'.repeat(200_000)}x${'\u200b'.repeat(200_000)}y`;
    assert.equal(normalizeApiKey(text).length, 200_002);
    for (const layer of ['"', '\u201c', '" ', '`\u200b']) {
      assert.equal(normalizeApiKey(layer.repeat(60_000)).length, 0, layer);
    }
    const [left, right] = ['"Bearer \u201c\u200b'.repeat(60_000), '\u201d"'.repeat(60_000)];
    assert.equal(normalizeApiKey(`${left}abc${right}`).length, 3);
  });

  it('can be sent where it is visible ASCII without spaces', () => {
    for (const good of ['abc', 'gitpod_pat_x.y-z~/+==', '!#$%&']) {
      assert.equal(unusableCharacter(good), undefined, good);
    }
    const bad: [apiKey: string, position: number, code: string][] = [
      ['a b', 2, 'U+0020'],
      ['a\nb', 2, 'U+000A'],
      ['ab\tb', 3, 'U+0009'],
      ['schl\u00fcssel', 5, 'U+00FC'],
      ['\u2022\u2022\u2022', 1, 'U+2022'],
      ['abcdefghijk\u200bl', 12, 'U+200B'],
      ['a\u0000b', 2, 'U+0000'],
      ['ab\u{e0041}c', 3, 'U+E0041'],
    ];
    for (const [apiKey, position, code] of bad) {
      assert.deepEqual(unusableCharacter(apiKey), { position, code }, JSON.stringify(apiKey));
      assert.throws(() => readApiKey(` ${apiKey}\n`), {
        name: 'ApiKeyFormatError',
        problem: 'characters',
        character: { position, code },
      });
    }
  });
});
