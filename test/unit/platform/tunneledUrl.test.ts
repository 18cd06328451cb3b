import assert from 'node:assert/strict';
import { tunneledUrl, type UriParts } from '../../../src/platform/tunneledUrl.ts';

/** As `Uri.parse` decodes an address. */
function uri(url: string): UriParts {
  const { protocol, host, pathname, search, hash } = new URL(url);
  return {
    scheme: protocol.slice(0, -1),
    authority: host,
    path: decodeURIComponent(pathname),
    query: decodeURIComponent(search.slice(1)),
    fragment: decodeURIComponent(hash.slice(1)),
  };
}

const REST = '/settings/runners/a%2Fb?next=%2Fx%3Fy%3D1%23top&z=%25#a%20b';
const LOCAL = `http://localhost:3000${REST}`;

describe('the address of a forwarded port', () => {
  for (const [name, external, expected] of [
    ['of a desktop editor', `http://127.0.0.1:50123${REST}`, `http://127.0.0.1:50123${REST}`],
    ['of a browser', `https://x-3000.preview.example${REST}`, `https://x-3000.preview.example${REST}`],
    ['below a path', `https://code.example/proxy/3000${REST}`, `https://code.example/proxy/3000${REST}`],
    ['that is not forwarded', LOCAL, undefined],
    ['that the editor changed otherwise', 'https://code.example/?port=3000', undefined],
  ] as const) {
    it(`${name} keeps what follows the host`, () =>
      assert.equal(tunneledUrl(LOCAL, uri(LOCAL), uri(external)), expected));
  }
});
