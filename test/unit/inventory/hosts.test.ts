import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hostKey, parseHost, unicodeHostKey } from '../../../src/inventory/hosts.ts';
import { asciiHost, hostUrl } from '../../../src/inventory/hostUrl.ts';

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
  'github.com\\/@evil.example',
  'github.com/..',
  'github.com/a/%2E%2e/b',
  '[::1',
  '[::1]x',
  '[fe80::1%eth0]',
  '1:2:3:4:5:6:7:8:9',
  '//github.com',
  // Characters that no name has.
  '"github.com"',
  "'github.com'",
  '*.github.com',
  '{host}.example',
  'a,b',
  'a..b',
  '.github.com',
  'github.com..',
  'xn--a.example',
  'git\u202ehub.com',
  // Characters that stand for those in a URL: a slash, an at sign, a question mark, a colon.
  'github.com／evil.example',
  'github.com＠evil.example',
  'github.com？x',
  'github.com：8443',
  '℀.example',
  // Numbers that a URL reads as another IP address.
  '1.1',
  '2130706433',
  '0x7f.0.0.1',
  '010.0.0.1',
  '１２７.0.0.1',
];

describe('the address of a host', () => {
  for (const [host, virtualDirectory, url] of [
    ['github.com', undefined, 'https://github.com/'],
    ['dev.azure.com/acme', undefined, 'https://dev.azure.com/acme'],
    ['gitlab.acme.example:8443', '', 'https://gitlab.acme.example:8443/'],
    ['tfs.acme.example', '/tfs', 'https://tfs.acme.example/tfs'],
    ['tfs.acme.example', 'tfs/', 'https://tfs.acme.example/tfs'],
    ['tfs.acme.example', '/', 'https://tfs.acme.example/'],
    ['127.0.0.1:8443', undefined, 'https://127.0.0.1:8443/'],
    ['127.0.0.1.', undefined, 'https://127.0.0.1/'],
    // Paths are encoded, once.
    ['tfs.acme.example', '/tfs/Default Collection', 'https://tfs.acme.example/tfs/Default%20Collection'],
    ['tfs.acme.example', '/tfs/Default%20Collection', 'https://tfs.acme.example/tfs/Default%20Collection'],
    ['dev.azure.com/Acme Projects', undefined, 'https://dev.azure.com/Acme%20Projects'],
    [
      'dev.azure.com/Acme Projects/',
      ' /Größe 10 ',
      'https://dev.azure.com/Acme%20Projects/Gr%C3%B6%C3%9Fe%2010',
    ],
    ['tfs.acme.example', '/100%/%2/%zz', 'https://tfs.acme.example/100%25/%252/%25zz'],
    ['tfs.acme.example', '/a?b=c#d', 'https://tfs.acme.example/a%3Fb=c%23d'],
    ['tfs.acme.example', '/日本/😀', 'https://tfs.acme.example/%E6%97%A5%E6%9C%AC/%F0%9F%98%80'],
    ['tfs.acme.example', '/\ud800', 'https://tfs.acme.example/%EF%BF%BD'],
    ['tfs.acme.example', "/~a.b_c-d!$&'()*+,;=:@", "https://tfs.acme.example/~a.b_c-d!$&'()*+,;=:@"],
    ['tfs.acme.example', '/"<>[]^`{|}', 'https://tfs.acme.example/%22%3C%3E%5B%5D%5E%60%7B%7C%7D'],
    ['tfs.acme.example', '/a\tb', 'https://tfs.acme.example/a%09b'],
    ['tfs.acme.example', '\u200e/tfs\u200b', 'https://tfs.acme.example/tfs'],
    ['http://github.com:80', undefined, 'https://github.com/'],
    // Nothing in a path leads to another host.
    ['tfs.acme.example', '//evil.example/x', 'https://tfs.acme.example/evil.example/x'],
    ['tfs.acme.example', '\\\\evil.example', 'https://tfs.acme.example/%5C%5Cevil.example'],
    ['tfs.acme.example', '@evil.example', 'https://tfs.acme.example/@evil.example'],
    ['tfs.acme.example', '.evil.example/', 'https://tfs.acme.example/.evil.example'],
    ['tfs.acme.example', ':8443/', 'https://tfs.acme.example/:8443'],
    ['tfs.acme.example', '/./tfs//x/.', 'https://tfs.acme.example/tfs/x'],
    ['github.com/@evil.example', undefined, 'https://github.com/@evil.example'],
    ['acme.example/code/', '/tfs', 'https://acme.example/code/tfs'],
    ['http://github.com', undefined, 'https://github.com/'],
    ['git.müller.example', undefined, 'https://git.xn--mller-kva.example/'],
    ['git.mu\u0308ller.example:8443/Größe', '', 'https://git.xn--mller-kva.example:8443/Gr%C3%B6%C3%9Fe'],
    ['ｇｉｔｈｕｂ．ｃｏｍ', undefined, 'https://github.com/'],
    ['github。com', undefined, 'https://github.com/'],
    ['💩.la', undefined, 'https://xn--ls8h.la/'],
    ['git_lab.acme.example', undefined, 'https://git_lab.acme.example/'],
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
    '/..',
    '/tfs/../x',
    '..',
    '/%2e%2e',
    '/.%2E/x',
    '/..\\x',
    '/a/..%5Cx',
    '/a%2f..%2Fx',
  ]) {
    it(`is none with the virtual directory ${directory}, which leads out of it`, () => {
      assert.equal(hostUrl('tfs.acme.example', directory), undefined);
    });
  }

  it('has a name, a port and a path', () => {
    assert.deepEqual(parseHost('GitLab.Example.:8443/Group/', '/my tfs'), {
      hostname: 'gitlab.example',
      port: 8443,
      path: '/Group/my%20tfs',
    });
    assert.deepEqual(parseHost('github.com'), { hostname: 'github.com', port: undefined, path: '' });
  });

  it('is on the host that the text names, whatever stands in the directory', () => {
    const signs = './@:?#\\%2e5cf-~ \t\nà١';
    const sign = fc.nat(signs.length - 1).map((index) => signs.charAt(index));
    const directory = fc.array(sign, { maxLength: 10 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(directory, (text) => {
        const url = hostUrl('tfs.acme.example/code', text);
        if (url !== undefined) {
          const { host, pathname, search, hash } = new URL(url);
          assert.equal(host, 'tfs.acme.example');
          assert.match(pathname, /^\/code(?:\/|$)/);
          assert.equal(search + hash, '');
          assert.equal(url, `https://tfs.acme.example${pathname}`, 'it is opened as it is written');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('has an ASCII form if its name has other characters', () => {
    const forms = [
      ['git.müller.example', 'git.xn--mller-kva.example'],
      ['GIT.MÜLLER.example.:8443/Größe', 'git.xn--mller-kva.example:8443'],
      // Looks like another host: a Cyrillic letter.
      ['gіthub.com', 'xn--gthub-n2e.com'],
      ['ｇｉｔｈｕｂ.com', 'github.com'],
      ['git\u200bhub.com', 'github.com'],
      ['💩.la', 'xn--ls8h.la'],
      ['GitHub.com', undefined],
      ['dev.azure.com/Größe', undefined],
      ['git.xn--mller-kva.example', undefined],
      ['kein Hösting', undefined],
      ['', undefined],
    ] as const;
    for (const [host, ascii] of forms) {
      assert.equal(asciiHost(host), ascii, host);
    }
  });
});

describe('the key of a host', () => {
  for (const [host, unicode] of [
    ['git.müller.example', 'git.müller.example'],
    ['GIT.xn--mller-kva.example:8443/Größe', 'git.müller.example:8443/Gr%C3%B6%C3%9Fe'],
    ['GitHub.com', 'github.com'],
    ['[::1]:8443', '[::1]:8443'],
    ['xn--a is not a host', 'xn--a is not a host'],
  ] as const) {
    it(`of ${host} is ${unicode} in Unicode`, () => assert.equal(unicodeHostKey(hostKey(host)), unicode));
  }
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
    ['git.mu\u0308ller.example', 'git.müller.example'],
    ['XN--BCHER-KVA.example', 'bücher.example'],
    ['ｇｉｔｈｕｂ.com', 'github.com'],
    ['git\u200bhub.com', 'github.com'],
    ['https://GitHub.com.:443//', 'github.com'],
    ['github.com:', 'github.com'],
    ['github.com:000443/', 'github.com'],
    ['http://github.com:80', 'github.com'],
    // Left-to-right marks, as mail programs put around addresses.
    ['\u200egithub.com\u200e', 'github.com'],
    ['\u200b github.com', 'github.com'],
    ['\u200b', ''],
    ['dev.azure.com/Gr%c3%b6%C3%9fe', 'dev.azure.com/Größe'],
    ['dev.azure.com/Gro\u0308ße', 'dev.azure.com/Größe'],
    ['[::1]:443', '::1'],
    ['dev.azure.com//acme', 'dev.azure.com/acme'],
    ['dev.azure.com/Acme Projects', 'dev.azure.com/Acme%20Projects'],
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
    ['https://github.com:80', 'github.com'],
    ['http://github.com:8080', 'github.com'],
    ['dev.azure.com/acme', 'dev.azure.com'],
    ['dev.azure.com/acme', 'dev.azure.com/ACME'],
    ['gıthub.com', 'github.com'],
    ['gіthub.com', 'github.com'],
    ['1.1', '1.0.0.1'],
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
