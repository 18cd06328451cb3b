import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

/** The extension's languages besides English. */
const LANGUAGES = ['de', 'ja'];

type Texts = Readonly<Record<string, string>>;

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Texts;

/** `{0}`, icons, commands and URLs: a translation must keep them. */
function fixedParts(text: string): string[] {
  return (
    text.match(/\{\d\}|\$\([\w-]+\)|\(command:[\w.]+\)|\(https:[^)]+\)|`[^`]+`|onaScm\.\w+|http\.\w+/g) ?? []
  ).sort();
}

function assertTranslated(english: Texts, translated: Texts): void {
  assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    const translation = translated[key] ?? '';
    assert.notEqual(translation.trim(), '', key);
    assert.deepEqual(fixedParts(translation), fixedParts(text), `${key}: ${translation}`);
    assert.equal(translation.split('\n').length, text.split('\n').length, key);
  }
}

describe('the words of the extension', () => {
  let strings: Texts;
  before(async function () {
    this.timeout(60_000);
    const files = readdirSync('src', { encoding: 'utf8', recursive: true }).filter((name) =>
      name.endsWith('.ts'),
    );
    const sources = files.map((name) => readFileSync(join('src', name), 'utf8'));
    const calls = sources.reduce((sum, source) => sum + source.split('l10n.t(').length - 1, 0);
    const extracted = await getL10nJson(sources.map((contents) => ({ contents, extension: '.ts' })));
    strings = Object.fromEntries(Object.keys(extracted).map((key) => [key, key]));
    // Some occur several times.
    assert.ok(
      Object.keys(strings).length > calls / 2,
      `${calls} calls, ${Object.keys(strings).length} strings`,
    );
  });

  for (const language of LANGUAGES) {
    it(`are all there in ${language}, and no others, and say which language they are`, () => {
      const texts = read(`l10n/bundle.l10n.${language}.json`);
      assertTranslated(strings, texts);
      assert.equal(texts['en'], language);
    });

    it(`of the manifest are all there in ${language}, and no others`, () => {
      assertTranslated(read('package.nls.json'), read(`package.nls.${language}.json`));
    });
  }
});
