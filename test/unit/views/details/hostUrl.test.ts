import assert from 'node:assert/strict';
import { hostUrl } from '../../../../src/views/details/hostUrl.ts';

describe('the web address of a host', () => {
  it('is https, with the port, the path and the virtual directory', () => {
    assert.equal(hostUrl('github.com'), 'https://github.com/');
    assert.equal(hostUrl('gitlab.acme.example:8443'), 'https://gitlab.acme.example:8443/');
    assert.equal(hostUrl('dev.azure.com/acme'), 'https://dev.azure.com/acme');
    assert.equal(hostUrl('tfs.acme.example', '/tfs'), 'https://tfs.acme.example/tfs');
  });

  it('is none where the text is anything else', () => {
    for (const host of [
      '',
      'javascript:alert(1)',
      'http://github.com',
      'github.com@evil.example',
      'github.com?x=1',
      'github.com#x',
      'a b',
      'github.com:99999',
    ]) {
      assert.equal(hostUrl(host), undefined, host);
    }
    for (const directory of ['@evil.example', '?x', '#x', ':80', 'tfs']) {
      assert.equal(hostUrl('github.com', directory), undefined, directory);
    }
  });
});
