import assert from 'node:assert/strict';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { integrationRef, refKey } from '../../../src/inventory/itemRef.ts';
import { BASE, github, gitlab } from './comparedLoads.ts';
import { ACME, kinds, OFFLINE, trackedWindows, WITHOUT_GITLAB } from './trackedWindows.ts';

describe('what has changed', () => {
  const { window } = trackedWindows();

  it('is in the log and on the rows, also if it happened while no window was open', async () => {
    const { tracker, load } = window();
    await load(WITHOUT_GITLAB, BASE);
    await load(BASE);
    assert.deepEqual(kinds(await tracker.read()), ['integrationAdded', 'integrationRemoved']);
    assert.equal(tracker.marks.of(refKey(integrationRef(gitlab)))?.kind, 'new');
    assert.deepEqual(tracker.since, new Date('2026-11-28T08:00:00Z'));
    const next = window();
    assert.deepEqual(kinds(await next.tracker.read()), ['integrationAdded', 'integrationRemoved']);
    assert.equal(next.tracker.marks.size, 0);
  });

  it('is found again after a load that could not be compared', async () => {
    const defects: Error[] = [];
    const { tracker, load } = window({ logDefect: (error) => defects.push(error) });
    await load(WITHOUT_GITLAB);
    const broken = { ...BASE, runners: [null as never] };
    await load(broken, WITHOUT_GITLAB, () => defects.length > 0);
    await load(BASE, WITHOUT_GITLAB);
    assert.deepEqual(kinds(await tracker.read()), ['integrationAdded']);
  });

  it('happened after its item had changed before, though the lists were not read again meanwhile', async () => {
    const { tracker, load } = window();
    await load(BASE);
    await load(OFFLINE);
    await load(BASE);
    await load(WITHOUT_GITLAB);
    await load({ ...OFFLINE, integrations: [github] });
    const times = (await tracker.read()).map(({ kind, since }) => `${kind} ${since.toISOString()}`);
    assert.deepEqual(times, [
      'phaseChanged 2026-11-28T08:00:03.000Z',
      'integrationRemoved 2026-11-28T08:00:00.000Z',
      'phaseChanged 2026-11-28T08:00:02.000Z',
      'phaseChanged 2026-11-28T08:00:00.000Z',
    ]);
  });

  it('is nothing if there was nothing to compare with', async () => {
    const { tracker, load } = window();
    await load(BASE);
    assert.deepEqual(await tracker.read(), []);
    assert.equal(tracker.since, undefined);
  });

  it('is not said to be gone if another key may only see less', async () => {
    const { tracker, load, self } = window();
    await load(BASE);
    self.account = { ...ACME, sequence: 2 };
    await load(WITHOUT_GITLAB);
    const [change] = await tracker.read();
    assert.equal(change?.kind === 'integrationRemoved' && change.byVisibility, true);
  });

  it('is forgotten with the account, and its marks are gone in another one', async () => {
    const { tracker, load, switchTo } = window();
    await load(WITHOUT_GITLAB);
    await load(BASE);
    switchTo({ ...ACME, organizationId: 'org-2' });
    assert.equal(tracker.marks.size, 0);
    assert.deepEqual(await tracker.read(), []);
    switchTo(ACME);
    assert.equal((await tracker.read()).length, 1);
    await tracker.forget([accountFingerprint(accountId(ACME))]);
    assert.deepEqual(await tracker.read(), []);
    switchTo(undefined);
    assert.deepEqual(await tracker.read(), []);
  });
});
