import assert from 'node:assert/strict';
import { plainLine } from '../../../src/base/plainLine.ts';
import { escapeMarkdown, withoutIcons, withoutLinks } from '../../../src/base/text.ts';

describe('a plain line', () => {
  const cases: [name: string, text: string, line: string][] = [
    ['keeps an ordinary text', 'Grüße, 東京 👩‍💻 (eu-1)', 'Grüße, 東京 👩‍💻 (eu-1)'],
    ['trims', '  eu \n', 'eu'],
    ['joins lines', 'a\r\nb\u2028c\u2029d', 'a b c d'],
    ['makes one space of several control characters', 'a\u0000\u0007\u001b\u009fb', 'a b'],
    ['takes the terminal out of a colour', '\u001b[31mred', '[31mred'],
    ['shows the code that a reordering hides', 'user\u202e\u2066// admin\u2069', 'user // admin'],
    ['loses a byte order mark', '\ufeffeu', 'eu'],
    ['is empty where nothing is printable', '\u0000\u202e\n ', ''],
  ];
  for (const [name, text, line] of cases) {
    it(name, () => assert.equal(plainLine(text), line));
  }

  it('holds no character that controls or reorders', () => {
    const left: string[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      const sign = String.fromCharCode(code);
      if (/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u.test(sign) && plainLine(`a${sign}b`) !== 'a b') {
        left.push(`U+${code.toString(16).padStart(4, '0')}`);
      }
    }
    assert.deepEqual(left, []);
  });

  for (const broken of ['\ud800', '\udc00', 'a\ud83d', '\ude00b', '\ude00\ud83d', 'x\ud83d\ud83d\ude00']) {
    it(`is well-formed from ${JSON.stringify(broken)}`, () => {
      assert.ok(plainLine(broken).isWellFormed());
      assert.ok(escapeMarkdown(broken).isWellFormed());
    });
  }

  it('is cut where it is long', () => {
    const line = plainLine('x'.repeat(1_000_000));
    assert.match(line, /^x+…$/);
    assert.ok(line.length <= 250);
    assert.equal(plainLine('abcdef', 3), 'abc…');
    assert.equal(plainLine('abc', 3), 'abc');
  });

  it('is cut into whole characters', () => {
    for (let length = 1; length <= 6; length++) {
      assert.ok(plainLine('a😀😀😀', length).isWellFormed());
    }
  });
});

describe('escaped Markdown', () => {
  /** What a renderer shows of it. */
  function shown(markdown: string): string {
    return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  }

  for (const text of [
    '**bold** _em_ ~~gone~~ `code`',
    '[link](command:evil) ![image](https://evil.example/x.png) <https://evil.example>',
    'https://evil.example www.evil.example jane@evil.example',
    '<b onclick="x">&amp;&#60;</b><!-- -->',
    '$(alert) | cell | \\| # heading',
    '- item',
    '1. item',
    '> quote',
    '    code',
    '```',
    '---',
    '[^1]: note',
    'eu-central-1: plain, with "quotes" & more; 100 %',
  ]) {
    it(`shows ${text} as it is`, () => {
      const markdown = escapeMarkdown(text);
      assert.equal(shown(markdown), text.trim());
      assert.doesNotMatch(markdown.replace(/&#\d+;/g, ''), /[!-/:-@[-`{-~]/);
    });
  }

  it('stays in its line, table cell and length', () => {
    assert.equal(shown(escapeMarkdown('a\n\n# b\r| c')), 'a # b | c');
    assert.ok(shown(escapeMarkdown('*'.repeat(10_000))).length <= 250);
  });

  it('leaves letters of any language alone', () => {
    assert.equal(escapeMarkdown('Zürich 東京 42'), 'Zürich 東京 42');
  });
});

describe('a text without icons', () => {
  for (const text of ['$(alert)', 'a $(sync~spin) b $(x)', '$$((alert))', '$(']) {
    it(`draws none for ${text}`, () => {
      const safe = withoutIcons(text);
      assert.ok(!safe.includes('$('));
      assert.equal(safe.replaceAll(' ', ''), text.replaceAll(' ', ''));
    });
  }

  it('keeps dollars and brackets apart', () => {
    assert.equal(withoutIcons('costs $5 (net)'), 'costs $5 (net)');
  });
});

describe('a line without links', () => {
  it('keeps its text, and names no target', () => {
    assert.equal(withoutLinks('[renew](command:quit) a](b)\n'), '[renew] (command:quit) a] (b)');
    assert.equal(withoutLinks('Acme [eu] (1)'), 'Acme [eu] (1)');
  });
});
