import assert from 'node:assert/strict';
import { offeredLabel } from '../../../src/account/offeredLabel.ts';
import { account, ACME, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';

const names = { organizationName: 'Acme' };
const jane = account(ONA, 'org-1', names);
const namesake = account(ACME, 'org-2', names);

describe('the name under which an account is offered to other extensions', () => {
  const { memento: state } = new MemoryStorage();

  it('stays with it, and goes to no namesake that comes after it', () => {
    assert.equal(offeredLabel(state, jane, [jane]), 'Acme · Jane');
    assert.equal(offeredLabel(state, jane, [jane]), 'Acme · Jane');
    assert.match(offeredLabel(state, namesake, [namesake]), /^Acme · Jane \(/);
    assert.equal(offeredLabel(state, jane, [jane]), 'Acme · Jane', 'its own after a sign-out');
  });

  it('goes to nobody either after its organization was renamed', () => {
    const renamed = { ...jane, organizationName: 'Globex' };
    assert.equal(offeredLabel(state, renamed, [renamed]), 'Globex · Jane');
    assert.match(offeredLabel(state, namesake, [namesake]), /^Acme · Jane \(/);
    const impostor = { ...namesake, organizationName: 'Globex' };
    assert.match(offeredLabel(state, impostor, [impostor]), /^Globex · Jane \(/);
  });

  it('stays unmistakable if all shorter ones were taken', () => {
    const labels = Array.from({ length: 20 }, (_, i) => {
      const one = account(ONA, `other-${i}`, names);
      return offeredLabel(state, one, [one]);
    });
    assert.equal(new Set(labels).size, 20);
  });
});
