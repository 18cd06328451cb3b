import assert from 'node:assert/strict';
import { apiHostText } from '../../../src/words/apiHostText.ts';

describe('the host of a key', () => {
  const long = 'app.gitpod.io.login.eu-central-1.production.evil.example';
  const cases: [url: string, text: string][] = [
    ['https://app.gitpod.io/api', 'app.gitpod.io'],
    ['http://localhost:8080/api', 'localhost:8080'],
    ['http://[::1]:8080', '[::1]:8080'],
    ['https://app.gitpod.io.evil.example/api', 'app.gitpod.io.evil.example'],
    [`https://${long}/app.gitpod.io/api`, '[…].eu-central-1.production.evil.example'],
    [`https://${long}:8443`, '[…].production.evil.example:8443'],
    // The last two labels are always whole.
    [`https://app.gitpod.io.${'x'.repeat(60)}.example`, `[…].${'x'.repeat(60)}.example`],
    [`https://${'x'.repeat(60)}.example`, `${'x'.repeat(60)}.example`],
    [`https://${'x'.repeat(60)}:8443`, `${'x'.repeat(60)}:8443`],
    ['https://app.gіtpod.io', 'app.xn--gtpod-n2e.io'],
    [
      'https://[2001:db8:1111:2222:3333:4444:5555:6666]:8443',
      '[2001:db8:1111:2222:3333:4444:5555:6666]:8443',
    ],
  ];
  for (const [url, text] of cases) {
    it(`of ${url} is ${text} where there is little room`, () => {
      assert.equal(apiHostText(url), text);
    });
  }

  it('never loses its end, and is marked where it loses its start', () => {
    for (let labels = 1; labels <= 60; labels++) {
      const host = `${'ab.'.repeat(labels)}evil.example`;
      const text = apiHostText(`https://${host}`);
      assert.ok(text.length <= 40 && text.endsWith('evil.example'), text);
      assert.equal(text.startsWith('[…].'), host.length > 40, text);
    }
  });
});
