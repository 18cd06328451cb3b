import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { NotificationTurns } from '../../../src/inventory/notificationTurns.ts';

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
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 28) + seconds * 1000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-notified-'));
    lines = [];
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('do so one at a time, even if all want to at once', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, () => open().take(ACME, at(0))));
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual(lines, []);
  });

  it('do so at most once a minute', async () => {
    const taken: number[] = [];
    for (let second = 0; second <= 180; second += 10) {
      if (await open().take(ACME, at(second))) {
        taken.push(second);
      }
    }
    assert.deepEqual(taken, [0, 60, 120, 180]);
  });

  it('do so for each account, and are not kept silent by a clock that was ahead, or a sign-out', async () => {
    assert.equal(await open().take(ACME, at(3600)), true);
    assert.equal(await open().take({ ...ACME, organizationId: 'org-2' }, at(0)), true);
    assert.equal(await open().take(ACME, at(0)), true);
    await open().forget([accountFingerprint(accountId(ACME))]);
    assert.equal((await readdir(join(folder, 'notified'))).length, 1);
    assert.equal(await open().take(ACME, at(1)), true);
  });

  it('do so if the file system fails, which is logged', async () => {
    await writeFile(join(folder, 'notified'), 'a file where the folder should be');
    assert.deepEqual([await open().take(ACME, at(0)), await open().take(ACME, at(1))], [true, true]);
    assert.match(lines.join('\n'), /^Could not write the time of the last notification: E[A-Z]+$/m);
  });
});
