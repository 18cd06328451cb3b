import assert from 'node:assert/strict';
import { parseUrl } from '../../../src/base/parseUrl.ts';

describe('parsing an address', () => {
  it('works for an international name, even after thousands of calls', () => {
    for (let i = 0; i < 10_000; i++) {
      assert.equal(parseUrl('https://git.müller.example/x')?.host, 'git.xn--mller-kva.example');
    }
  });

  it('is relative to a base, and undefined for anything else', () => {
    assert.equal(parseUrl('/a', 'https://b.example/c')?.href, 'https://b.example/a');
    assert.deepEqual([parseUrl('/a'), parseUrl('https://')], [undefined, undefined]);
  });
});
