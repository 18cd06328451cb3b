import assert from 'node:assert/strict';
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
    ['https://user:123456/s3cr3t@host/x', 'https://[redacted]@host/x'],
    ['https://user:?s3cr3t@host/x', 'https://[redacted]@host/x'],
    ['https://:#s3cr3t@host/x', 'https://[redacted]@host/x'],
    ['https://[https:u:?s3cr3t@host/x', 'https://[redacted]@host/x'],
    [`https://user:${'s3/cr3t'.repeat(100)}@host/x`, 'https://[redacted]@host/x'],
    ['https://u:s3cr3t%40b/x%40c', 'https://[redacted]%40b/x%40c'],
    ['https://u:s3%2Fcr3t%2540b/x', 'https://[redacted]%2540b/x'],
    [
      'https://a/?to=https%253A%252F%252Fu%253As3cr3t%2540b%252Fc',
      'https://a/?to=https%253A%252F%252F[redacted]%2540b%252Fc',
    ],
    [
      'https://a/?to=https%253A%252F%252Fb%253Fcode%253Ds3cr3t%2526x%253D1',
      'https://a/?to=https%253A%252F%252Fb%253Fcode%253D[redacted]%2526x%253D1',
    ],
    ['https://a/?to=b%3Fcode%3Ds3cr3t%26x%3D1', 'https://a/?to=b%3Fcode%3D[redacted]%26x%3D1'],
    ['https://a/?token=s3%26cr%233t&x=1', 'https://a/?token=[redacted]&x=1'],
    ['https://a/x;jsessionid=s3cr3t', 'https://a/x;jsessionid=[redacted]'],
    [
      'Server=x; User Id=sa; Password=s3cr3t; Encrypt=true',
      'Server=x; User Id=sa; Password=[redacted]; Encrypt=true',
    ],
    ['Server=x;Password = "my s3;cr3t";Encrypt=true', 'Server=x;Password = [redacted];Encrypt=true'],
    ['Pwd=s3cr3t;Server=x', 'Pwd=[redacted];Server=x'],
    ['Password=s3cr3t;Server=x', 'Password=[redacted];Server=x'],
    ['DB_HOST=x\nDB_PASSWORD=s3cr3t', 'DB_HOST=x\nDB_PASSWORD=[redacted]'],
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
      'user[token]',
      'user%5Btoken%5D',
      'user%5bcode%5d',
      'token%5B%5D',
      'a%255Btoken%255D',
      'JSESSIONID',
      'PHPSESSID',
      'sid',
      'passcode',
      'otp',
      'hmac',
      'SAMLResponse',
      'bearer',
      'error_code',
      'auth_code',
    ].map((name) => [`https://a/?${name}=s3cr3t`, `https://a/?${name}=[redacted]`] as const),
  ] as const) {
    it(`are removed from ${text}`, () => {
      assert.equal(redactCredentials(text), redacted);
      assert.equal(redactCredentials(text, 'address'), redacted);
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
    ['https://us"<er>:s3cr3t@git.example', 'https://[redacted]@git.example'],
    ['://user:s3cr3t@git.example', '://[redacted]@git.example'],
    ['user:?s3cr3t@git.example', '[redacted]@git.example'],
    ['https://a/?token=s3 "cr#3t&x=1', 'https://a/?token=[redacted]&x=1'],
    ['a/cb#access_token=s3cr3t', 'a/cb#access_token=[redacted]'],
    ['a/?to=b%3Ftoken%3Ds3 cr3t%26x%3D1', 'a/?to=b%3Ftoken%3D[redacted]%26x%3D1'],
  ] as const) {
    it(`are removed from the address ${JSON.stringify(address)}`, () =>
      assert.equal(redactCredentials(address, 'address'), redacted));
  }

  for (const [text, redacted] of [
    ['see "https://a/?client_secret=s3cr3t".', 'see "https://a/?client_secret=[redacted]".'],
    ['"https://u:s3cr3t@a","jane@acme.example"', '"https://[redacted]@a","jane@acme.example"'],
    ['dial //user:s3cr3t@host', 'dial //[redacted]@host'],
    ['href="//user:s3cr3t@host/x@y"', 'href="//[redacted]@host/x@y"'],
  ] as const) {
    it(`are removed from the text ${text}`, () => assert.equal(redactCredentials(text), redacted));
  }

  for (const [path, redacted] of [
    ['u:s3cr3t@tfs/x', '[redacted]@tfs/x'],
    ['//s3cr3t@tfs', '//[redacted]@tfs'],
    ['DefaultCollection@2024', 'DefaultCollection@2024'],
    ['/Team@Work', '/Team@Work'],
  ] as const) {
    it(`are removed from the path ${path} if there are some`, () =>
      assert.equal(redactCredentials(path, 'path'), redacted));
  }

  for (const text of [
    '',
    'gitlab.example:group/@scope',
    'https://a/?code=50011, or /x?error_code=404&x=1',
    'x;code=500;y=1',
    'https://a/?error[code]=500&error%5Bcode%5D=500',
    'https://a/?to=b%3Fcode%3D500%26x%3D1',
    'ssh://git%40host:22/app',
    'https://host/app%40v1:x%40y',
    'https://host:8080/app@v1',
    'x; key=eu; code=a',
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
      assert.equal(redactCredentials(text, 'address'), text);
    });
  }

  it('are not seen in prose', () => {
    for (const text of [
      'ask jane@acme.example: key=1',
      'https://host:8080, or mail a@b',
      'over https: mail a@b',
      'C:/Users/jane@acme, C:\\jane@acme',
      'ubuntu:22.04@sha256:0a',
      '{"gateway":"https://gw.example","owner":"jane@acme.example"}',
      '{"gateway":"https://gw.example:8080","owner":"jane@acme.example"}',
      '<https://gw.example>jane@x, <https://gw.example:x>jane@x',
      'Runner #key=eu, see https://a/b and #token=x',
      'a//b:c@d, // ask: jane@acme.example, //host/x:y@z',
      'the token = the password; "Password=" and ";Password=" are names',
      'see https://a/?code=50011.',
      'PWD=/home/jane, OLDPWD=C:\\jane',
      'OLDPWD=~/x',
    ]) {
      assert.equal(redactCredentials(text), text);
    }
  });
});
