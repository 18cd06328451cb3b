import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import type { CacheKey } from '../../../src/inventory/cacheFormat.ts';
import { ChangeLog } from '../../../src/inventory/changeLog.ts';
import type { Change } from '../../../src/inventory/changes.ts';
import {
  fieldChange,
  integrationPresence,
  methodChange,
  minutes,
  phaseChange,
  runnerPresence,
  versionChange,
} from './changeSamples.ts';

const ACME: CacheKey = { origin: 'https://ona.acme.example', organizationId: 'org-1' };
const OTHER = { ...ACME, organizationId: 'org-2' };
const DAY = 24 * 3_600_000;

/** One of each kind. */
const ALL: readonly Change[] = [
  runnerPresence('runnerRemoved', 'r1', { integrations: 3, byVisibility: true }),
  runnerPresence('runnerAdded', 'r2', { role: 'managed' }),
  phaseChange('r3', 'ACTIVE', 'INACTIVE'),
  versionChange('r3', '20260801', '20260812'),
  integrationPresence('integrationRemoved', { byVisibility: true }),
  integrationPresence('integrationAdded', { host: 'a.example', methods: [] }),
  methodChange('oauth', false),
  fieldChange('issuerUrl', '', 'https://id.example'),
];

describe('the log of changes', () => {
  let folder: string;
  let lines: string[];
  const open = (scope = 'scope-1') =>
    new ChangeLog({
      folder: join(folder, 'changes'),
      scope: () => Promise.resolve(scope),
      log: (line) => lines.push(line),
    });
  const files = async () => (await readdir(join(folder, 'changes'))).sort();
  const onlyFile = async () => join(folder, 'changes', (await files())[0] ?? '');
  const forget = (log: ChangeLog, owner: CacheKey) => log.forget([accountFingerprint(accountId(owner))]);
  const offline = (id: string, minute = 0) => phaseChange(id, 'ACTIVE', 'INACTIVE', { at: minutes(minute) });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-changes-'));
    lines = [];
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('has changes of every kind in the next window', async () => {
    await open().add(ACME, ALL);
    assert.deepEqual(await open().read(ACME), ALL);
    assert.deepEqual(lines, []);
  });

  it('is one file that only its owner reads, and no draft or lock stays', async () => {
    const log = open();
    await log.add(ACME, ALL);
    await log.add(ACME, [offline('r9', 1)]);
    assert.match((await files()).join(), /^scope-1-[\da-f]{32}\.changes$/);
    assert.equal((await stat(await onlyFile())).mode & 0o077, 0);
  });

  it('has the latest load first, and is no longer than 500', async () => {
    const log = open();
    await log.add(ACME, [offline('r1', 1), offline('r2', 1)]);
    await log.add(ACME, [offline('r3', 2)]);
    const ids = async () => (await log.read(ACME)).map(({ runner }) => runner.id);
    assert.deepEqual(await ids(), ['r3', 'r1', 'r2']);
    await log.add(
      ACME,
      Array.from({ length: 499 }, (_, i) => offline(`n${i}`, 3)),
    );
    assert.deepEqual([(await ids()).length, (await ids()).at(-1)], [500, 'r3']);
    assert.equal((await open().read(ACME)).length, 500);
  });

  it('is not written if nothing has changed', async () => {
    await open().add(ACME, []);
    assert.deepEqual(await open().read(ACME), []);
    assert.deepEqual(await readdir(folder), []);
    assert.deepEqual(lines, []);
  });

  it('has what several windows have seen, once, even if all write at the same time', async () => {
    const windows = Array.from({ length: 5 }, () => open());
    await Promise.all(windows.map((log, i) => log.add(ACME, [offline('both'), offline(`only-${i}`)])));
    const ids = (await open().read(ACME)).map(({ runner }) => runner.id).sort();
    assert.deepEqual(ids, ['both', 'only-0', 'only-1', 'only-2', 'only-3', 'only-4']);
  });

  it('is that of one account in one scope', async () => {
    await open().add(ACME, ALL);
    assert.deepEqual(await open().read(OTHER), []);
    assert.deepEqual(await open().read({ ...ACME, origin: 'https://app.gitpod.io' }), []);
    assert.deepEqual(await open('scope-2').read(ACME), []);
    assert.deepEqual(lines, []);
  });

  it('is forgotten with its account, even while it is being written, and those of others stay', async () => {
    const log = open();
    await log.add(OTHER, ALL);
    await open('scope-2').add(ACME, ALL);
    await Promise.all([log.add(ACME, ALL), forget(log, ACME)]);
    assert.deepEqual(await log.read(ACME), []);
    assert.deepEqual(await open().read(ACME), []);
    assert.equal((await open().read(OTHER)).length, ALL.length);
    assert.equal((await open('scope-2').read(ACME)).length, ALL.length);
    // What was seen before does not come back.
    await log.add(ACME, [offline('r9')]);
    assert.deepEqual(
      (await open().read(ACME)).map(({ runner }) => runner.id),
      ['r9'],
    );
  });

  it('is deleted if nothing was added for 90 days, whoever it belongs to', async () => {
    for (const [scope, age] of [
      ['scope-2', 91 * DAY],
      ['scope-3', 89 * DAY],
    ] as const) {
      await open(scope).add(ACME, ALL);
      const file = join(folder, 'changes', (await files()).find((name) => name.startsWith(scope)) ?? '');
      const written = new Date(Date.now() - age);
      await utimes(file, written, written);
    }
    await open().add(ACME, ALL);
    assert.deepEqual(
      (await files()).map((name) => name.slice(0, 7)),
      ['scope-1', 'scope-3'],
    );
  });

  it('is written though a window was killed while it did so', async () => {
    await open().add(ACME, [offline('r1')]);
    const lock = `${await onlyFile()}.lock`;
    await writeFile(lock, '');
    const old = new Date(Date.now() - 60_000);
    await utimes(lock, old, old);
    await open().add(ACME, [offline('r2')]);
    assert.equal((await open().read(ACME)).length, 2);
    assert.equal((await files()).length, 1);
  });

  describe('that is damaged is ignored, logged, and replaced by the next one:', () => {
    const breaks: Record<string, (text: string) => string> = {
      'an empty file': () => '',
      'a file that breaks off': (text) => text.slice(0, text.length / 2),
      'another version': (text) => text.replace('"version":1', '"version":2'),
      'another account': (text) => text.replace('org-1', 'org-2'),
      'a list': () => '[]',
      'no text at all': () => '\0\u0001\ufffd',
    };
    for (const [name, damage] of Object.entries(breaks)) {
      it(name, async () => {
        await open().add(ACME, ALL);
        await writeFile(await onlyFile(), damage(await readFile(await onlyFile(), 'utf8')));
        assert.deepEqual(await open().read(ACME), []);
        assert.deepEqual(lines, ['Ignored the log of changes: it was not written by this version']);
        await open().add(ACME, ALL);
        assert.deepEqual(await open().read(ACME), ALL);
      });
    }
  });

  describe('lacks only the change with', () => {
    const breaks: Record<string, (text: string) => string> = {
      'an unknown kind': (text) => text.replace('"phaseChanged"', '"renamed"'),
      'an invalid time': (text) => text.replace(minutes(0).toISOString(), 'yesterday'),
      'an unknown field': (text) => text.replace('"issuerUrl"', '"constructor"'),
      'an unknown role of its runner': (text) => text.replace('"managed"', '"toString"'),
      'a missing value': (text) => text.replace('"old":"20260801",', ''),
    };
    for (const [name, damage] of Object.entries(breaks)) {
      it(name, async () => {
        await open().add(ACME, ALL);
        const text = await readFile(await onlyFile(), 'utf8');
        assert.notEqual(damage(text), text);
        await writeFile(await onlyFile(), damage(text));
        assert.equal((await open().read(ACME)).length, ALL.length - 1);
        assert.deepEqual(lines, ['Ignored damaged entries in the log of changes: 1']);
      });
    }
  });

  it('can be unwritable, which is logged without the path, and the window still has what it has seen', async () => {
    await writeFile(join(folder, 'changes'), 'a file where the folder should be');
    const log = open();
    await log.add(ACME, ALL);
    assert.deepEqual(await log.read(ACME), ALL);
    assert.equal(lines.length, 2);
    assert.ok(
      lines.every((line) => /E[A-Z]+/.test(line) && !line.includes(folder)),
      lines.join('\n'),
    );
  });
});
