import assert from 'node:assert/strict';
import { badAddressText } from '../../../src/words/badAddress.ts';

describe('the text about an API address that is not valid', () => {
  it('says what sets it, and has no link', () => {
    const bad = { kind: 'badAddress', address: 'http://x [y](command:z)', problem: 'insecure' } as const;
    const problem =
      'http would send the API key unencrypted. Use https; http is allowed only for localhost, 127.0.0.1 and [::1].';
    assert.equal(
      badAddressText({ ...bad, variable: undefined }),
      `onaScm.apiUrl is set to "http://x [y] (command:z)". ${problem}`,
    );
    assert.match(badAddressText({ ...bad, variable: 'ONA_BASE_URL' }), /^ONA_BASE_URL is set to /);
  });
});
