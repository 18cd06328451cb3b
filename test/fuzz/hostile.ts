import fc from 'fast-check';
import type { Json, Members } from './json.ts';

/** Names that every plain object inherits, and some that the API uses elsewhere. */
export const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '0',
  '',
  'id',
  'code',
  'message',
  'nextToken',
] as const;

/** Arbitrary UTF-16, including unpaired surrogates. */
const units = fc.array(fc.nat(0xffff), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes));

/** Texts that an attacker might send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileNames) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '\u202egithub.com',
      '\u2066a\u2069b\u200f',
      'a\u0000b',
      '\u001b[31mred\u001b]8;;x\u0007',
      'first\r\nsecond\u2028third\u0085fourth',
      '\ufeff',
      '\ud800',
      'a\udc00b\ud83d',
      '$& $1 $`',
      '[redacted]',
      '$(key) [link](command:workbench.action.quit)',
      '<img src=x onerror=alert(1)>',
      'x'.repeat(5_000),
      '😀'.repeat(200),
      'NaN',
      '1e999',
      'null',
    ),
  },
  { weight: 2, arbitrary: units },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

/** Valid for `JSON.parse`, but would break code that recurses, or trusts a number. */
const extremes: readonly Json[] = [
  '1e999',
  '-1e999',
  '9007199254740993',
  `1${'0'.repeat(400)}`,
  '4.9e-324',
  '-0',
  '-0.0e5',
  '"\\ud800"',
  '"\\udc00\\ud800\\u0000"',
].map((raw) => ({ raw }));

/** Invalid for every JSON parser. */
const broken: readonly Json[] = [
  'NaN',
  'Infinity',
  'undefined',
  '01',
  '+1',
  "'x'",
  '"\\x"',
  '"\u0000"',
  '/**/1',
  '"',
  '}',
  '',
].map((raw) => ({ raw }));

const nested = (open: string, close: string, depth: number): Json => ({
  raw: `${open.repeat(depth)}1${close.repeat(depth)}`,
});

const deep: readonly Json[] = [
  nested('[', ']', 100),
  nested('[', ']', 10_000),
  nested('{"a":', '}', 10_000),
  nested('{"__proto__":', '}', 10_000),
  nested('{"\\u0061":[', ']}', 10_000),
  nested('[', '', 10_000),
];

/** Many items, or a megabyte of text. */
const large: readonly Json[] = [
  { raw: `"${'x'.repeat(2 ** 20)}"` },
  { raw: `"${'\\u202e'.repeat(2 ** 17)}"` },
  { raw: `[${'{},'.repeat(5_000)}{}]` },
];

const polluting: readonly Members[] = [
  { members: [['__proto__', { members: [['polluted', true]] }]] },
  { members: [['constructor', { members: [['prototype', { members: [['polluted', true]] }]] }]] },
  {
    members: [
      ['toString', 1],
      ['valueOf', null],
      ['toJSON', 'x'],
      ['then', 'x'],
    ],
  },
  {
    members: [
      ['length', 4_294_967_295],
      ['0', 'x'],
    ],
  },
];

/** A value that belongs nowhere, or not at its position. */
export const hostileJson: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 300,
    arbitrary: fc.constantFrom<Json>(null, true, false, 0, 1, -1, 2 ** 53, '', [], [[]], { members: [] }),
  },
  { weight: 200, arbitrary: hostileText },
  { weight: 100, arbitrary: fc.constantFrom(...extremes) },
  { weight: 100, arbitrary: fc.constantFrom(...polluting) },
  { weight: 40, arbitrary: fc.constantFrom(...broken) },
  { weight: 15, arbitrary: fc.constantFrom(...deep) },
  // Rare because each takes as long as a hundred others.
  { weight: 1, arbitrary: fc.constantFrom(...large) },
);
