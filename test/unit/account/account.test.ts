import assert from 'node:assert/strict';
import { type Account, accountFingerprint, accountId, accountLabel } from '../../../src/account/account.ts';
import { plainLine } from '../../../src/base/plainLine.ts';
import { withoutIcons } from '../../../src/base/text.ts';
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

  it('is no other account’s, whatever an organization is called', () => {
    const named = (origin: string, id: string, organizationName: string) => {
      const { userName, ...rest } = account(origin, id, { organizationName });
      assert.equal(userName, 'Jane');
      return rest;
    };
    const hash = (one: Account) => accountFingerprint(accountId(one));
    const target = named(ONA, 'o', 'Acme');
    for (const all of [
      [named(ONA, '1', 'Acme (ona.acme.example)'), named(ACME, '2', 'Acme'), named(ONA, '3', 'Acme')],
      [named(ONA, '1', 'A$(x'), named(ONA, '2', 'A$ (x')],
      [named(ONA, '1', 'A\nB'), named(ONA, '2', 'A B')],
      [named(ONA, '1', `${'x'.repeat(60)}1`), named(ONA, '2', `${'x'.repeat(60)}2`)],
      [named(ONA, '1\n', 'Acme'), named(ONA, '1 ', 'Acme'), named(ONA, '1\t', 'Acme')],
      [target, named(ONA, 'p', 'Acme'), named(ONA, 'q', `Acme (${ONA}:o)`)],
      [
        target,
        named(ONA, 'p', 'Acme'),
        named(ONA, 'q', `Acme (${ONA}:o)`),
        named(ONA, 'r', `Acme (${hash(target)})`),
      ],
    ]) {
      const labels = all.map((one) => accountLabel(one, all));
      assert.equal(new Set(labels).size, all.length, labels.join('\n'));
      assert.ok(labels.every((label) => label === withoutIcons(plainLine(label))));
      const backwards = all.toReversed();
      assert.deepEqual(
        all.map((one) => accountLabel(one, backwards)),
        labels,
        'in any order',
      );
    }
  });

  it('stays as it is when an account with another name signs in', () => {
    const others = [account(ONA, 'org-2'), account(ACME, 'org-1', { organizationName: 'Acme Labs' })];
    assert.equal(accountLabel(jane, [jane, ...others]), accountLabel(jane, [jane]));
  });

  it('is one printable line', () => {
    const hostile = account(ONA, 'org-1', { organizationName: 'A\nB\u202eC', userName: 'x'.repeat(500) });
    assert.match(accountLabel(hostile, [hostile]), /^A B C · x{60}…$/);
  });
});
