import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const readme = readFileSync('README.md', 'utf8');
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    commands: readonly { command: string; title: string }[];
    menus: { commandPalette: readonly { command: string; when?: string }[] };
    configuration: { properties: Record<string, { default: unknown }> };
  };
};
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

/** The cells of the first table of a section, without its head. */
function tableOf(section: string): string[][] {
  const [, text = ''] = readme.split(`\n## ${section}\n`);
  const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(text) ?? [];
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

describe('the README', () => {
  it('describes every command in the palette', () => {
    const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    const rows = tableOf('Commands').map(([names = '']) => new Set(names.split(/[ /]+/)));
    for (const { command, title } of contributes.commands) {
      if (!hidden.some((entry) => entry.command === command)) {
        const words = (texts[title.replaceAll('%', '')] ?? title).split(' ');
        assert.ok(
          rows.some((row) => words.every((word) => row.has(word))),
          `${words.join(' ')} (${command})`,
        );
      }
    }
  });

  it('has every setting with its default', () => {
    const told = tableOf('Settings').map(([name, value]) => [name, value]);
    const settings = Object.entries(contributes.configuration.properties).map(([name, setting]) => [
      `\`${name}\``,
      `\`${String(setting.default)}\``,
    ]);
    assert.deepEqual(told.sort(), settings.sort());
  });

  it('says nothing twice', () => {
    for (const file of ['README.md', 'CHANGELOG.md']) {
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /^(?:- |\| (?!-))/.test(line))
        .map((line) => (line.startsWith('|') ? line.split('|')[1] : line.slice(0, 40)));
      assert.deepEqual(
        lines.filter((line, i) => lines.indexOf(line) !== i),
        [],
        file,
      );
    }
  });
});
