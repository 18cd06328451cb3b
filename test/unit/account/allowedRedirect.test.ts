import assert from 'node:assert/strict';
import { isAllowedRedirect } from '../../../src/account/apiUrl.ts';

const GITPOD = 'https://app.gitpod.io/api';
const ONA = 'https://app.ona.com/api';
const CUSTOM = 'https://ona.acme.example:8443/x/api';
const LOCAL = 'http://127.0.0.1:8080/api';

describe('a redirect with the key', () => {
  const allowed: [apiUrl: string, target: string][] = [
    [GITPOD, 'https://app.gitpod.io/api/v2'],
    [GITPOD, 'https://APP.GITPOD.IO:443/elsewhere?x=1'],
    [GITPOD, 'https://app.ona.com/api'],
    [ONA, 'https://app.gitpod.io/api'],
    [ONA, 'https://app.ona.com/'],
    [CUSTOM, 'https://ona.acme.example:8443/'],
    [LOCAL, 'http://127.0.0.1:8080/y'],
  ];
  for (const [apiUrl, target] of allowed) {
    it(`from ${apiUrl} to ${target} is allowed`, () => {
      assert.equal(isAllowedRedirect(apiUrl, new URL(target)), true);
    });
  }

  const refused: [apiUrl: string, target: string][] = [
    ...[GITPOD, ONA].flatMap((apiUrl) =>
      [
        'http://app.gitpod.io/api',
        'http://app.ona.com/api',
        'https://app.gitpod.io:8443/api',
        'https://app.ona.com:8443/api',
        'https://app.gitpod.io.evil.example/api',
        'https://app.ona.com.evil.example/api',
        'https://app.gitpod.io./api',
        'https://xapp.ona.com/api',
        'https://x.app.ona.com/api',
        'https://ona.com/api',
        'https://gitpod.io/api',
        'https://evil.example/app.ona.com/api',
        'https://user@app.gitpod.io/api',
        'https://user@app.ona.com/api',
        'https://:password@app.ona.com/api',
        'https://app.ona.com@evil.example/api',
        'https://app.gitpod.io@app.ona.com/api',
        'wss://app.ona.com/api',
        'ftp://app.gitpod.io/api',
        'javascript:alert(1)',
        'data:application/json,{}',
        'blob:https://app.gitpod.io/api',
        'blob:https://app.ona.com/api',
        'file:///api',
        // Starts with a Cyrillic letter.
        'https://аpp.ona.com/api',
        CUSTOM,
        LOCAL,
      ].map((target): [string, string] => [apiUrl, target]),
    ),
    // A third host may not redirect to Ona's hosts either: not the user's choice.
    ...[CUSTOM, LOCAL, 'http://app.gitpod.io/api', 'https://app.ona.com.evil.example/api'].flatMap((apiUrl) =>
      [GITPOD, ONA].map((target): [string, string] => [apiUrl, target]),
    ),
    [CUSTOM, 'https://ona.acme.example/x/api'],
    [CUSTOM, 'http://ona.acme.example:8443/x/api'],
    [CUSTOM, 'https://user@ona.acme.example:8443/x/api'],
    [LOCAL, 'http://localhost:8080/api'],
    [LOCAL, 'https://127.0.0.1:8080/api'],
  ];
  for (const [apiUrl, target] of refused) {
    it(`from ${apiUrl} to ${target} is refused`, () => {
      assert.equal(isAllowedRedirect(apiUrl, new URL(target)), false);
    });
  }
});
