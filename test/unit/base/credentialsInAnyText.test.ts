import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseUrl } from '../../../src/base/parseUrl.ts';
import { redactCredentials } from '../../../src/base/credentials.ts';

describe('credentials in any text', () => {
  it('are gone after one pass, and no URL has a user then', () => {
    const part = fc.constantFrom(
      'a',
      '1',
      ':',
      '/',
      '\\',
      '@',
      '?',
      '#',
      '&',
      '=',
      'key',
      'https://',
      'https:',
      '//',
      '.',
      '%3a',
      '%2f',
      '%40',
      '%25',
      'password',
      '[',
      ']',
      ';',
      '"',
      "'",
      ' ',
      'git',
    );
    const texts = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isAddress) => {
        const kind = isAddress ? 'address' : 'text';
        const once = redactCredentials(text, kind);
        assert.equal(redactCredentials(once, kind), once);
        // In prose, a space or a quote ends a URL.
        const isUrl = parseUrl(once) !== undefined && (isAddress || !/[ "]/.test(once));
        const url = isUrl ? new URL(once) : undefined;
        assert.ok(url?.password === undefined || url.password === '', `${text} -> ${once}`);
      }),
      { numRuns: 20_000 },
    );
  });

  it('are found in long hostile texts without looking at any part again and again', () => {
    for (const part of [
      '://',
      '://a:b',
      'https://a:b@',
      '@',
      '?key',
      '&a_',
      'keykey',
      '&key=',
      ':/',
      ':\\\\',
      'a:',
      '://a',
      '#code1',
      'passw',
      '&session_',
      '?key[',
      '%3a%2f%2f',
      '%26key%3d',
      'a_sig',
      '?pass',
      '/',
      '\\',
      '/\\',
      'https:',
      'https:a:\\',
      '//a:',
      ' //a:b',
      '://a:b%40',
      '%25',
      '%2525',
      '%253a%252f%252fa',
      '%253a//git%2540',
      '&25',
      'a%5b',
      '?a[key]',
      'key%5b',
      '; token ',
      ';token="a',
      ';',
      'token',
      '\n',
      '\ntoken',
      '\ntoken=',
      '#',
      '#token=',
      '?code=1',
      ':80/',
      ':a/',
      '"',
      '; ',
    ]) {
      for (const start of ['x@=', 'https:', 'https://', 'https:\\\\a@', ';', '://#', '&%']) {
        const text = `${start}${part.repeat(Math.ceil(100_000 / part.length))}=`;
        redactCredentials(text);
        redactCredentials(text, 'address');
      }
    }
  });
});
