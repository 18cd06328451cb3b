import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactCredentials } from '../../../src/base/credentials.ts';

describe('credentials in URLs', () => {
  for (const [text, redacted] of [
    ['https://prom:s3cr3t@metrics.acme.example/write', 'https://[redacted]@metrics.acme.example/write'],
    ['HTTPS://s3cr3t@host', 'HTTPS://[redacted]@host'],
    ['dial https:/u:s3cr3t@host', 'dial https:/[redacted]@host'],
    ['https:\\\\u:s3cr3t@host', 'https:\\\\[redacted]@host'],
    ['https://:s3cr3t@host:8443/', 'https://[redacted]@host:8443/'],
    ['https://a%40b:p@s3:cr3t@[::1]:8080/x@y', 'https://[redacted]@[::1]:8080/x@y'],
    ['https://user:s3/cr3t@host/x', 'https://[redacted]@host/x'],
    ['https://user:s3#c?r3t@host/x', 'https://[redacted]@host/x'],
    ['amqp://user:s3\\cr3t@host', 'amqp://[redacted]@host'],
    ['https://acme\\jane:s3cr3t@proxy:3128', 'https://[redacted]@proxy:3128'],
    ['git+ssh://git:s3cr3t@host/x', 'git+ssh://[redacted]@host/x'],
    ['https://git@acme.example:s3cr3t@host/x', 'https://[redacted]@host/x'],
    [
      'cannot push to (https://u:s3cr3t@a/x), nor to amqp://u:s3cr3t@b',
      'cannot push to (https://[redacted]@a/x), nor to amqp://[redacted]@b',
    ],
    ['https://a/?next=https://u:s3cr3t@b/', 'https://a/?next=https://[redacted]@b/'],
    ['https://a/?x=1&Token=s3cr3t&y=2', 'https://a/?x=1&Token=[redacted]&y=2'],
    ['https://a/cb#access_token=s3cr3t&x=1', 'https://a/cb#access_token=[redacted]&x=1'],
    [
      'https://a/x?X-Amz-Credential=s3cr3t&X-Amz-Signature=s3cr3t',
      'https://a/x?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]',
    ],
    ['https://a/x?sv=2024&sig=s3cr3t%3D', 'https://a/x?sv=2024&sig=[redacted]'],
    ['/x?apiKey=s3cr3t', '/x?apiKey=[redacted]'],
    ['Endpoint=sb://a/;SharedAccessKey=s3cr3t=', 'Endpoint=sb://a/;SharedAccessKey=[redacted]'],
    [
      'https://a/?to=https%3A%2F%2Fu%3As3cr3t%40b%2F%40c',
      'https://a/?to=https%3A%2F%2F[redacted]%40b%2F%40c',
    ],
    ['https://a/?to=https%3A//u%3As3cr3t%40b/%40c', 'https://a/?to=https%3A//[redacted]%40b/%40c'],
    ['https://a/?to=https%3A//u:s3cr3t@b/', 'https://a/?to=https%3A//[redacted]@b/'],
    ['https://a/?to=https%3A%2F%2Fgit%40c%3As3cr3t%40b', 'https://a/?to=https%3A%2F%2F[redacted]%40b'],
    [
      'https://a/?to=https%3A%2F%2Fb%2F%3Ftoken%3Ds3cr3t%26x%3D1',
      'https://a/?to=https%3A%2F%2Fb%2F%3Ftoken%3D[redacted]%26x%3D1',
    ],
    ['https://a/?token[0]=s3cr3t', 'https://a/?token[0]=[redacted]'],
    ['see "https://a/?client_secret=s3cr3t".', 'see "https://a/?client_secret=[redacted]".'],
    ...[
      'password',
      'passwd',
      'pwd',
      'pass',
      'key',
      'code',
      'auth',
      'jwt',
      'private_token',
      'api-key',
      'id_token',
      'auth_code',
      'session',
      'token2',
    ].map((name) => [`https://a/?${name}=s3cr3t`, `https://a/?${name}=[redacted]`] as const),
  ] as const) {
    it(`are removed from ${text}`, () => {
      assert.equal(redactCredentials(text), redacted);
      assert.equal(redactCredentials(text, true), redacted);
    });
  }

  for (const [address, redacted] of [
    ['user:s3cr3t@git.example', '[redacted]@git.example'],
    ['s3cr3t@git.example:8443/x', '[redacted]@git.example:8443/x'],
    ['s3cr3t:x-oauth-basic@github.com', '[redacted]@github.com'],
    ['git:s3cr3t@git.example', '[redacted]@git.example'],
    ['git@acme.example:s3cr3t@git.example', '[redacted]@git.example'],
    ['user:s3/cr3t@git.example', '[redacted]@git.example'],
    ['//user:s3cr3t@git.example', '//[redacted]@git.example'],
    ['https:/user:s3cr3t@git.example', 'https:/[redacted]@git.example'],
    ['https:\\\\user:s3cr3t@git.example', 'https:\\\\[redacted]@git.example'],
    ['https:user:s3cr3t@git.example', '[redacted]@git.example'],
    [' user:my s3cr3t@git.example', '[redacted]@git.example'],
    ['https://us\ner:s3cr3t@git.example', 'https://[redacted]@git.example'],
  ] as const) {
    it(`are removed from the address ${JSON.stringify(address)}`, () =>
      assert.equal(redactCredentials(address, true), redacted));
  }

  for (const text of [
    '',
    'github.com',
    'https://host/path?x=1&page=2#top',
    'https://host/@scope/pkg',
    'https://host:8080/@scope',
    'https://host:/@scope',
    'https://[2001:db8::1]:8080/@scope?to=a@b',
    'https://host?to=jane@acme.example',
    'dev.azure.com/acme/@x',
    'git@github.com:acme/app',
    'ssh://git@host:22/app',
    'ssh://git@host:22/app@v1',
    'https://a/?to=ssh%3A%2F%2Fgit%40host%2Fapp%40v1',
    'https://a/?to=https%3A//host/%40scope',
    'file:///C:/node_modules/@scope/x',
    'https://a/?token=&monkey_bar=1&keyword=x&author=y&design=z&postcode=1&token_type=bearer',
    '[redacted]@host',
  ]) {
    it(`are not seen in ${JSON.stringify(text)}`, () => {
      assert.equal(redactCredentials(text), text);
      assert.equal(redactCredentials(text, true), text);
    });
  }

  it('are not seen in prose', () => {
    for (const text of [
      'ask jane@acme.example: key=1',
      'https://host:8080, or mail a@b',
      'over https: mail a@b',
      'C:/Users/jane@acme, C:\\jane@acme',
      'ubuntu:22.04@sha256:0a',
    ]) {
      assert.equal(redactCredentials(text), text);
    }
  });

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
      '[',
      ']',
      ';',
      '"',
      ' ',
      'git',
    );
    const texts = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isAddress) => {
        const once = redactCredentials(text, isAddress);
        assert.equal(redactCredentials(once, isAddress), once);
        // In prose, a space ends a URL.
        const isUrl = URL.canParse(once) && (isAddress || !once.includes(' '));
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
    ]) {
      for (const start of ['x@=', 'https:', 'https://', 'https:\\\\a@']) {
        const text = `${start}${part.repeat(Math.ceil(100_000 / part.length))}=`;
        redactCredentials(text);
        redactCredentials(text, true);
      }
    }
  });
});
