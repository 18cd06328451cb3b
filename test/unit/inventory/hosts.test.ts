import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hostKey, hostUrl, parseHost } from '../../../src/inventory/hosts.ts';

/** Texts that are not hosts, some of which a URL would misread. */
const NO_HOSTS = [
  '',
  ' ',
  '/',
  'https://',
  'javascript:alert(1)',
  'ftp://github.com',
  'https://https://github.com',
  'user@evil.example',
  'github.com?x',
  'github.com#x',
  'a b',
  'a%20b.example',
  'github.com\\@evil.example',
  'github.com:port',
  'github.com:99999',
  'github.com/@evil.example',
  'github.com/<b>',
  '[::1',
  '[::1]x',
  '1:2:3:4:5:6:7:8:9',
];

describe('the address of a host', () => {
  for (const [host, virtualDirectory, url] of [
    ['github.com', undefined, 'https://github.com/'],
    ['dev.azure.com/acme', undefined, 'https://dev.azure.com/acme'],
    ['gitlab.acme.example:8443', '', 'https://gitlab.acme.example:8443/'],
    ['tfs.acme.example', '/tfs', 'https://tfs.acme.example/tfs'],
    ['tfs.acme.example', 'tfs/', 'https://tfs.acme.example/tfs'],
    ['tfs.acme.example', '/', 'https://tfs.acme.example/'],
    ['acme.example/code/', '/tfs', 'https://acme.example/code/tfs'],
    ['http://github.com', undefined, 'https://github.com/'],
    ['bücher.example', undefined, 'https://xn--bcher-kva.example/'],
    // Looks like another host; punycode shows it.
    ['gıthub.com', undefined, 'https://xn--gthub-n4a.com/'],
    ['[2001:DB8::1]:8443', undefined, 'https://[2001:db8::1]:8443/'],
    ['2001:db8::1', undefined, 'https://[2001:db8::1]/'],
  ] as const) {
    it(`of ${host} with ${virtualDirectory ?? 'no directory'} is ${url}`, () => {
      assert.equal(hostUrl(host, virtualDirectory), url);
    });
  }

  for (const host of NO_HOSTS) {
    it(`is none for ${JSON.stringify(host)}`, () => {
      assert.equal(parseHost(host), undefined);
      assert.equal(hostUrl(host), undefined);
    });
  }

  for (const directory of [
    '.evil.example/?',
    '/a b',
    '@evil.example',
    '/%2e%2e',
    '/a?b',
    '/a#b',
    '/\\evil',
  ]) {
    it(`is none with the virtual directory ${directory}`, () => {
      assert.equal(hostUrl('tfs.acme.example', directory), undefined);
    });
  }

  it('has a name, a port and a path', () => {
    assert.deepEqual(parseHost('GitLab.Example.:8443/Group/', '/tfs'), {
      hostname: 'gitlab.example',
      port: 8443,
      path: '/Group/tfs',
    });
    assert.deepEqual(parseHost('github.com'), { hostname: 'github.com', port: undefined, path: '' });
  });

  it('is on the host that the text names, whatever stands in the directory', () => {
    const sign = fc.constantFrom('.', '/', '@', ':', '?', '#', '\\', '%', '-', '~', ' ', '\t', 'a', '١');
    const directory = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(directory, (text) => {
        const url = hostUrl('tfs.acme.example', text);
        assert.ok(url === undefined || url.startsWith('https://tfs.acme.example/'), url);
      }),
    );
  });
});

describe('two hosts', () => {
  const same = [
    ['GitHub.com', 'github.com'],
    ['github.com:443', 'github.com'],
    ['github.com.', 'github.com'],
    ['github.com./', 'github.com'],
    ['github.com//', 'github.com'],
    ['https://github.com/', 'github.com'],
    ['HTTP://github.com', 'github.com'],
    [' github.com ', 'github.com'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['2001:DB8:0::1', '[2001:db8::1]'],
    ['dev.azure.com/acme/', 'Dev.Azure.com/acme'],
    ['Not a Host', 'not a host'],
  ] as const;
  for (const [a, b] of same) {
    it(`${a} and ${b} are the same`, () => assert.equal(hostKey(a), hostKey(b)));
  }

  const different = [
    ['github.com', 'www.github.com'],
    ['github.com', 'github.com:8443'],
    ['github.com:80', 'github.com'],
    ['dev.azure.com/acme', 'dev.azure.com'],
    ['dev.azure.com/acme', 'dev.azure.com/ACME'],
    ['gıthub.com', 'github.com'],
    ['', 'github.com'],
  ] as const;
  for (const [a, b] of different) {
    it(`${a} and ${b} are different`, () => assert.notEqual(hostKey(a), hostKey(b)));
  }

  it('are the same by the address that is opened', () => {
    const label = fc.constantFrom('git', 'GitHub', 'bücher', 'a-b');
    const host = fc
      .tuple(label, label, fc.constantFrom('', ':443', ':8443'), fc.constantFrom('', '/', '/x', '/x/'))
      .map(([first, second, port, path]) => `${first}.${second}.example${port}${path}`);
    fc.assert(
      fc.property(host, (text) => {
        const url = hostUrl(text);
        assert.ok(url !== undefined);
        assert.equal(hostKey(url), hostKey(text));
        assert.equal(hostUrl(url), url);
      }),
    );
  });
});
