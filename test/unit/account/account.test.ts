import assert from 'node:assert/strict';
import { accountLabel } from '../../../src/account/account.ts';
import { account, ACME, ONA } from './accounts.ts';

describe('the name of an account', () => {
  const jane = account(ONA, 'org-1', { organizationName: 'Acme' });

  it('is that of organization and user', () => {
    assert.equal(accountLabel(jane, [jane, account(ONA, 'org-2')]), 'Acme · Jane');
    const { userName, ...service } = jane;
    assert.equal(userName, 'Jane');
    assert.equal(accountLabel(service, [service]), 'Acme');
  });

  it('is no other account’s: the host tells them apart, or else the organization', () => {
    const elsewhere = account(ACME, 'org-1', { organizationName: 'Acme' });
    assert.equal(accountLabel(jane, [jane, elsewhere]), 'Acme · Jane (app.gitpod.io)');
    assert.equal(accountLabel(elsewhere, [jane, elsewhere]), 'Acme · Jane (ona.acme.example)');
    const twin = account(ONA, 'org-2', { organizationName: 'Acme' });
    const plain = account('http://app.gitpod.io', 'org-1', { organizationName: 'Acme' });
    const all = [jane, elsewhere, twin, plain];
    assert.equal(new Set(all.map((one) => accountLabel(one, all))).size, all.length);
  });

  it('is one printable line', () => {
    const hostile = account(ONA, 'org-1', { organizationName: 'A\nB\u202eC', userName: 'x'.repeat(500) });
    assert.match(accountLabel(hostile, [hostile]), /^A B C · x{60}…$/);
  });
});
