import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { NotificationTurns } from '../../../src/inventory/notificationTurns.ts';
import { integrationPresence, phaseChange } from './changeSamples.ts';

const ACME = { origin: 'https://ona.acme.example', organizationId: 'org-1' };

describe('windows that want to notify somebody', () => {
  let folder: string;
  let lines: string[];
  const open = () =>
    new NotificationTurns({
      folder: join(folder, 'notified'),
      scope: () => Promise.resolve('scope-1'),
      log: (line) => lines.push(line),
    });
  const at = (seconds: number) => Date.UTC(2026, 10, 28) + seconds * 1000;
  const offline = (id: string, since = 0) =>
    phaseChange(id, 'ACTIVE', 'INACTIVE', { since: new Date(at(since)), at: new Date(at(since + 60)) });
  /** Whether a window that is new may notify somebody. */
  const take = async (owner: typeof ACME, now: number) =>
    (await open().take(owner, [offline(`${now}`)], now)).isTaken;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-notified-'));
    lines = [];
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('do so one at a time, even if all want to at once', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, () => take(ACME, at(0))));
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual(lines, []);
  });

  it('do so at most once a minute', async () => {
    const taken: number[] = [];
    for (let second = 0; second <= 180; second += 10) {
      if (await take(ACME, at(second))) {
        taken.push(second);
      }
    }
    assert.deepEqual(taken, [0, 60, 120, 180]);
  });

  it('do so at another time if one of them has told of something else, and not if of the same', async () => {
    const [first, second] = [open(), open()];
    const [one, other] = [offline('r1'), offline('r2')];
    assert.deepEqual(await first.take(ACME, [one], at(60)), { isTaken: true, told: new Set() });
    assert.deepEqual(await second.take(ACME, [one, other], at(70)), { isTaken: false, told: new Set([one]) });
    assert.deepEqual(await second.take(ACME, [other], at(130)), { isTaken: true, told: new Set() });
    // A window that has looked much later compares with what was there before.
    assert.deepEqual(await open().take(ACME, [one, other], at(3600)), {
      isTaken: false,
      told: new Set([one, other]),
    });
  });

  it('do so once, though the other one has not seen that the runner was degraded in between', async () => {
    const times = { since: new Date(at(0)), at: new Date(at(60)) };
    const [steps, end] = ['DEGRADED', 'ACTIVE'].map((phase) => phaseChange('r1', phase, 'INACTIVE', times));
    assert.ok(steps !== undefined && end !== undefined);
    await open().take(ACME, [steps], at(60));
    assert.deepEqual(await open().take(ACME, [end], at(200)), { isTaken: false, told: new Set([end]) });
  });

  it('do so once, however many integrations are gone', async () => {
    const all = Array.from({ length: 2_000 }, (_, id) =>
      integrationPresence('integrationRemoved', {
        id: `${id}`,
        since: new Date(at(0)),
        at: new Date(at(60)),
      }),
    );
    await open().take(ACME, all, at(60));
    for (const seconds of [70, 200]) {
      const { told } = await open().take(ACME, all, at(seconds));
      assert.equal(told.size, all.length);
    }
  });

  it('do so again if it happens again', async () => {
    const [first, second] = [open(), open()];
    await first.take(ACME, [offline('r1')], at(60));
    assert.equal((await first.take(ACME, [offline('r1')], at(300))).isTaken, true);
    assert.equal((await second.take(ACME, [offline('r1', 400)], at(500))).isTaken, true);
  });

  it('do so for each account, and are not kept silent by a clock that was ahead, or a sign-out', async () => {
    assert.equal(await take(ACME, at(3600)), true);
    assert.equal(await take({ ...ACME, organizationId: 'org-2' }, at(0)), true);
    assert.equal(await take(ACME, at(0)), true);
    await open().forget([accountFingerprint(accountId(ACME))]);
    assert.equal((await readdir(join(folder, 'notified'))).length, 1);
    assert.equal(await take(ACME, at(1)), true);
  });

  it('do so if the file system fails, which is logged', async () => {
    await writeFile(join(folder, 'notified'), 'a file where the folder should be');
    assert.deepEqual([await take(ACME, at(0)), await take(ACME, at(1))], [true, true]);
    assert.match(lines.join('\n'), /^Could not write the last notifications: E[A-Z]+$/m);
  });
});
