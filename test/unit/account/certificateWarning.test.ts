import assert from 'node:assert/strict';
import { certificateWarning } from '../../../src/account/certificateWarning.ts';

describe('the warning that certificates are not checked', () => {
  it('names what turns the checks off, and what that means', () => {
    assert.equal(
      certificateWarning({ https_proxy: '' }),
      "NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment turns off the checks of certificates for all requests of this window's extensions. Whoever is between this machine and the API can pretend to be the API and read the API key.",
    );
  });

  it('names the variable of the proxy that VS Code would use, but not its password', () => {
    const proxy = 'http://ada:lovelace@proxy.example:3128';
    for (const [variables, expected] of [
      [{ HTTP_PROXY: proxy }, 'HTTP_PROXY'],
      [{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy }, 'HTTPS_PROXY'],
      [{ HTTPS_PROXY: proxy, https_proxy: '', http_proxy: proxy }, 'HTTPS_PROXY'],
    ] as const) {
      const text = certificateWarning(variables);
      assert.match(text, new RegExp(`The proxy in ${expected}, and whoever else is between`));
      assert.ok(!text.includes('lovelace') && !text.includes('proxy.example'));
    }
  });
});
