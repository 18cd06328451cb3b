import assert from 'node:assert/strict';
import {
  apiOrigin,
  type ApiUrlProblem,
  DEFAULT_API_URL,
  isOnaHost,
  isTrustedAddress,
  parseApiUrl,
} from '../../../src/account/apiUrl.ts';
import { createKeyUrl, runnerSettingsUrl } from '../../../src/account/dashboardUrls.ts';

describe('an API address', () => {
  const good: [input: string, apiUrl: string][] = [
    [DEFAULT_API_URL, 'https://app.gitpod.io/api'],
    ['app.gitpod.io', 'https://app.gitpod.io/api'],
    ['  app.gitpod.io \n', 'https://app.gitpod.io/api'],
    ['\u200bapp.gitpod.io\ufeff', 'https://app.gitpod.io/api'],
    ['\u202ahttps://app.gitpod.io/api\u202c', 'https://app.gitpod.io/api'],
    ['\u00a0https://app.gitpod.io/x\u2060', 'https://app.gitpod.io/x/api'],
    ['https://app.gitpod.io', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io/', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io/api/', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io/api///', 'https://app.gitpod.io/api'],
    ['HTTPS://APP.GITPOD.IO/api', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io:443/api', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io/api?x=1#top', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io?x=/api', 'https://app.gitpod.io/api'],
    ['https://app.gitpod.io#/api', 'https://app.gitpod.io/api'],
    // The dashboard's host redirects its API.
    ['app.ona.com', 'https://app.gitpod.io/api'],
    ['https://app.ona.com/api', 'https://app.gitpod.io/api'],
    ['https://APP.ONA.COM/api/', 'https://app.gitpod.io/api'],
    ['https://app.ona.com:443', 'https://app.gitpod.io/api'],
    ['https://app.ona.com:444', 'https://app.ona.com:444/api'],
    ['https://app.ona.com.evil.example', 'https://app.ona.com.evil.example/api'],
    // Custom domains, ports and paths.
    ['ona.acme.example', 'https://ona.acme.example/api'],
    ['ona.acme.example:8443', 'https://ona.acme.example:8443/api'],
    ['https://ona.acme.example/ona', 'https://ona.acme.example/ona/api'],
    ['https://ona.acme.example/ona/api', 'https://ona.acme.example/ona/api'],
    ['https://ona.acme.example/api/v1', 'https://ona.acme.example/api/v1/api'],
    ['https://ona.acme.example/myapi', 'https://ona.acme.example/myapi/api'],
    // International names.
    ['ona.müller.example', 'https://ona.xn--mller-kva.example/api'],
    ['https://bücher.example/api', 'https://xn--bcher-kva.example/api'],
    ['BU\u0308CHER.example:8443/Größe', 'https://xn--bcher-kva.example:8443/Gr%C3%B6%C3%9Fe/api'],
    // Looks like Ona's own host, but is not: a Cyrillic letter.
    ['app.gіtpod.io', 'https://app.xn--gtpod-n2e.io/api'],
    ['ａｐｐ.ona.com', 'https://app.gitpod.io/api'],
    // The same name in DNS.
    ['app.gitpod.io.', 'https://app.gitpod.io/api'],
    ['https://app.ona.com.:443/api', 'https://app.gitpod.io/api'],
    ['http://localhost.:8080', 'http://localhost:8080/api'],
    // http, on this machine only.
    ['http://localhost:8080', 'http://localhost:8080/api'],
    ['HTTP://LOCALHOST/api', 'http://localhost/api'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080/api'],
    ['http://127.0.0.1.', 'http://127.0.0.1/api'],
    ['http://127.1', 'http://127.0.0.1/api'],
    ['http://0x7f.1', 'http://127.0.0.1/api'],
    ['http://2130706433', 'http://127.0.0.1/api'],
    ['http://0177.0.0.1:8080', 'http://127.0.0.1:8080/api'],
    ['http://ｌｏｃａｌｈｏｓｔ', 'http://localhost/api'],
    ['http://[::1]:8080', 'http://[::1]:8080/api'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]/api'],
    ['localhost:8080', 'https://localhost:8080/api'],
    // Others are of this machine too, but VS Code may send requests for them through a proxy.
    ['127.0.0.2', 'https://127.0.0.2/api'],
    ['https://127.0.0.2:8443', 'https://127.0.0.2:8443/api'],
    ['https://[::ffff:127.0.0.1]', 'https://[::ffff:7f00:1]/api'],
    // Slashes too many, but it is clear what is meant.
    ['https:///ona.acme.example', 'https://ona.acme.example/api'],
    ['//ona.acme.example', 'https://ona.acme.example/api'],
    ['http://localhost//api', 'http://localhost//api'],
    ['ona.acme.example//api', 'https://ona.acme.example//api'],
    // Names without a dot, and with an underscore, exist in some networks.
    ['ona', 'https://ona/api'],
    ['ona:8443/api', 'https://ona:8443/api'],
    ['https.acme.example', 'https://https.acme.example/api'],
    ['ona_1.acme.example', 'https://ona_1.acme.example/api'],
    ['_ona.acme.example', 'https://_ona.acme.example/api'],
    [`${'a.'.repeat(126)}a`, `https://${'a.'.repeat(126)}a/api`],
  ];
  for (const [input, apiUrl] of good) {
    it(`${JSON.stringify(input)} is ${apiUrl}`, () => {
      assert.deepEqual(parseApiUrl(input), { ok: true, apiUrl });
      assert.deepEqual(parseApiUrl(apiUrl), { ok: true, apiUrl }, 'normalising twice');
    });
  }

  const bad: [input: string, problem: ApiUrlProblem][] = [
    ['', 'notAnAddress'],
    [' \t\n', 'notAnAddress'],
    ['\u200b', 'notAnAddress'],
    ['https://', 'notAnAddress'],
    ['not an address', 'notAnAddress'],
    ['https://ona.acme.example:99999', 'notAnAddress'],
    ['https://[::1', 'notAnAddress'],
    ['javascript:alert(1)', 'notAnAddress'],
    ['"app.gitpod.io"', 'notAnAddress'],
    ['app.gitpod.io／evil.example', 'notAnAddress'],
    ['app..gitpod.io', 'notAnAddress'],
    ['app.gitpod.io..', 'notAnAddress'],
    ['http://localhost..', 'notAnAddress'],
    ['https://.', 'notAnAddress'],
    ['https://-', 'notAnAddress'],
    ['https://_', 'notAnAddress'],
    ['https://-a.example', 'notAnAddress'],
    ['https://a-.example', 'notAnAddress'],
    ['https://a.-b.example', 'notAnAddress'],
    ['http://[::1%25lo]', 'notAnAddress'],
    // Longer than any name in DNS, to hide the end.
    [`${'a.'.repeat(127)}a`, 'notAnAddress'],
    // A scheme with a typo is not a host.
    ['https:/ona.acme.example', 'notAnAddress'],
    ['https:ona.acme.example', 'notAnAddress'],
    ['https//ona.acme.example', 'notAnAddress'],
    ['https.//ona.acme.example', 'notAnAddress'],
    ['http:/localhost:8080', 'notAnAddress'],
    ['https:\\\\ona.acme.example', 'notAnAddress'],
    ['https:\\ona.acme.example', 'notAnAddress'],
    ['https\\\\ona.acme.example', 'notAnAddress'],
    ['htps:/ona.acme.example', 'notAnAddress'],
    ['htps//ona.acme.example', 'notAnAddress'],
    ['https://https://ona.acme.example', 'notAnAddress'],
    ['https://https//ona.acme.example', 'notAnAddress'],
    ['https://htps://ona.acme.example', 'notAnAddress'],
    ['https://http:8080', 'notAnAddress'],
    ['HTTPS', 'notAnAddress'],
    ['ftp://app.gitpod.io', 'scheme'],
    ['FTP://localhost', 'scheme'],
    ['file:///etc/hosts', 'scheme'],
    ['ws://localhost', 'scheme'],
    ['vscode://app.gitpod.io', 'scheme'],
    ['https://user:password@app.gitpod.io', 'credentials'],
    ['https://user@app.gitpod.io', 'credentials'],
    ['https://:password@app.gitpod.io', 'credentials'],
    ['user@app.gitpod.io', 'credentials'],
    ['https://app.gitpod.io@evil.example', 'credentials'],
    ['http://user:password@localhost', 'credentials'],
    ['http://app.gitpod.io', 'insecure'],
    ['http://app.ona.com', 'insecure'],
    ['http://0.0.0.0', 'insecure'],
    // VS Code sends these to the proxy, if there is one.
    ['http://127.0.0.2', 'insecure'],
    ['http://127.255.255.254:8080', 'insecure'],
    ['http://127.2', 'insecure'],
    ['http://foo.localhost', 'insecure'],
    ['http://[::ffff:127.0.0.1]', 'insecure'],
    ['http://0', 'insecure'],
    ['http://128.0.0.1', 'insecure'],
    ['http://10.0.0.1', 'insecure'],
    ['http://[::2]', 'insecure'],
    ['http://127.0.0.1.evil.example', 'insecure'],
    ['http://localhost.evil.example', 'insecure'],
    ['http://evil-localhost', 'insecure'],
  ];
  for (const [input, problem] of bad) {
    it(`${JSON.stringify(input)} is refused: ${problem}`, () => {
      assert.deepEqual(parseApiUrl(input), { ok: false, problem });
    });
  }

  const trusted: [apiUrl: string, isTrusted: boolean, isOna: boolean][] = [
    ['https://app.gitpod.io/api', true, true],
    ['https://app.gitpod.io/staging/api', true, true],
    ['https://app.gitpod.io:444/api', false, false],
    ['https://app.gitpod.io.evil.example/api', false, false],
    ['https://evil.example/app.gitpod.io/api', false, false],
    ['https://gitpod.io/api', false, false],
    ['https://x.app.gitpod.io/api', false, false],
    ['https://ona.acme.example/api', false, false],
    ['http://localhost:8080/api', true, false],
    ['https://localhost/api', true, false],
    ['http://127.0.0.1:8080/api', true, false],
    ['https://127.0.0.1/api', true, false],
    ['http://[::1]:8080/api', true, false],
    ['https://127.0.0.2/api', false, false],
    ['https://127.9.9.9/api', false, false],
    ['https://foo.localhost/api', false, false],
    ['https://[::ffff:7f00:1]/api', false, false],
    ['https://127.0.0.1.evil.example/api', false, false],
    ['https://localhost.evil.example/api', false, false],
  ];
  for (const [apiUrl, isTrusted, isOna] of trusted) {
    it(`${apiUrl} is ${isTrusted ? '' : 'not '}trusted with an environment's key`, () => {
      assert.equal(isTrustedAddress(apiUrl), isTrusted);
      assert.equal(isOnaHost(apiUrl), isOna);
    });
  }

  it('has an origin to store keys under', () => {
    assert.equal(apiOrigin('https://app.gitpod.io/api'), 'https://app.gitpod.io');
    assert.equal(apiOrigin('http://[::1]:8080/x/api'), 'http://[::1]:8080');
  });

  it('has a page where a key is made', () => {
    const page = '/settings/personal-access-tokens';
    assert.equal(createKeyUrl('https://app.gitpod.io/api'), `https://app.ona.com${page}`);
    assert.equal(createKeyUrl('https://ona.acme.example:8443/x/api'), `https://ona.acme.example:8443${page}`);
    assert.equal(createKeyUrl('https://app.gitpod.io:444/api'), `https://app.gitpod.io:444${page}`);
  });

  it('has a page of its runners', () => {
    assert.equal(runnerSettingsUrl('https://app.gitpod.io/api'), 'https://app.ona.com/settings/runners');
    assert.equal(runnerSettingsUrl('http://localhost:3000/x/api'), 'http://localhost:3000/settings/runners');
  });

  it('has a page of a remote runner, but of no other', () => {
    const pageOf = (kind: string, id: string) => runnerSettingsUrl(DEFAULT_API_URL, { kind, id });
    const all = 'https://app.ona.com/settings/runners';
    assert.equal(pageOf('RUNNER_KIND_REMOTE', 'r-1'), `${all}/r-1`);
    assert.equal(pageOf('RUNNER_KIND_REMOTE', '../a?b#c%ü\ud800'), `${all}/..%2Fa%3Fb%23c%25%C3%BC%EF%BF%BD`);
    for (const id of ['', '.', '..']) {
      assert.equal(pageOf('RUNNER_KIND_REMOTE', id), all);
    }
    assert.equal(pageOf('RUNNER_KIND_REMOTE', '...'), `${all}/...`);
    for (const kind of [
      'RUNNER_KIND_LOCAL',
      'RUNNER_KIND_LOCAL_CONFIGURATION',
      'RUNNER_KIND_UNSPECIFIED',
      '',
    ]) {
      assert.equal(pageOf(kind, 'r-1'), all);
    }
  });
});
