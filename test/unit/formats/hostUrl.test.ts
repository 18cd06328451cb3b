import assert from 'node:assert/strict';
import { hostUrl } from '../../../src/formats/hostUrl.ts';

describe('the address of a host', () => {
  for (const [host, virtualDirectory, url] of [
    ['github.com', undefined, 'https://github.com/'],
    ['dev.azure.com/acme', undefined, 'https://dev.azure.com/acme'],
    ['gitlab.acme.example:8443', '', 'https://gitlab.acme.example:8443/'],
    ['tfs.acme.example', '/tfs', 'https://tfs.acme.example/tfs'],
  ] as const) {
    it(`of ${host} is ${url}`, () => assert.equal(hostUrl(host, virtualDirectory), url));
  }

  for (const host of [
    '',
    'javascript:alert(1)',
    'http://github.com',
    'user@evil.example',
    'github.com?x',
    'github.com#x',
    'a b',
    'github.com\\@evil.example',
    'github.com:port',
    'github.com:99999',
    'gıthub.com',
  ]) {
    it(`is none for ${JSON.stringify(host)}`, () => assert.equal(hostUrl(host), undefined));
  }

  it('is none with a virtual directory that is no path', () => {
    assert.equal(hostUrl('tfs.acme.example', '.evil.example'), undefined);
    assert.equal(hostUrl('tfs.acme.example', '@evil.example'), undefined);
  });
});
