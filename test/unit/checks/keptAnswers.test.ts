import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import type { AnswersOwner, KeptAnswer } from '../../../src/checks/keptAnswer.ts';
import { KeptAnswers } from '../../../src/checks/keptAnswers.ts';
import { refKey } from '../../../src/inventory/itemRef.ts';

const JANE: AnswersOwner = { origin: 'https://ona.acme.example', organizationId: 'org-1', subjectId: 'jane' };
const JOE = { ...JANE, subjectId: 'joe' };
const OTHER = { ...JANE, organizationId: 'org-2' };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const now = new Date();
const ago = (ms: number) => new Date(now.getTime() - ms);

const keyOf = (host: string) =>
  refKey({ kind: 'integration', runnerId: 'r', id: 'i', scmId: 'github', host });

function access(host: string, signedIn: boolean, at = now): KeptAnswer {
  return { kind: 'access', key: keyOf(host), about: host, at, result: { signedIn, wasSignedIn: false } };
}

function validation(host: string, valid: boolean, at = now): KeptAnswer {
  const errors = valid ? [] : [{ field: 'host' as const, text: 'no route' }];
  return { kind: 'validation', key: keyOf(host), about: host, at, result: { valid, errors } };
}

describe('answers kept for the next window', () => {
  let folder: string;
  let lines: string[];
  const open = (scope = 'scope-1') =>
    new KeptAnswers({
      folder: join(folder, 'answers'),
      scope: () => Promise.resolve(scope),
      log: (line) => lines.push(line),
      now: () => now,
    });
  const files = async () => (await readdir(join(folder, 'answers'))).sort();
  const onlyFile = async () => join(folder, 'answers', (await files())[0] ?? '');
  const forget = (kept: KeptAnswers, owner: AnswersOwner) =>
    kept.forget([accountFingerprint(accountId(owner))]);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-answers-'));
    lines = [];
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('are there again, of both kinds, with their times', async () => {
    const answers: KeptAnswer[] = [
      {
        ...access('github.com', true, ago(HOUR)),
        changedSince: ago(2 * HOUR),
      },
      {
        kind: 'access',
        key: keyOf('gitlab.com'),
        about: 'b',
        at: now,
        result: { signedIn: false, wasSignedIn: true, onRecord: ['token'] },
      },
      validation('github.com', false),
      validation('gitlab.com', true),
    ];
    await open().write(JANE, answers);
    assert.deepEqual(await open().read(JANE), answers);
    assert.deepEqual(lines, []);
  });

  it('are in one file that only its owner reads, and no draft stays', async () => {
    await open().write(JANE, [access('github.com', true)]);
    await open().write(JANE, [access('github.com', false)]);
    assert.equal((await files()).length, 1);
    assert.match((await files())[0] ?? '', /^scope-1-[\da-f]{32}\.answers$/);
    assert.equal((await stat(await onlyFile())).mode & 0o077, 0);
  });

  it('contain neither ways to sign in nor unknown fields', async () => {
    const result = { signedIn: true, wasSignedIn: false, methods: { pat: { createUrl: 'https://x' } } };
    await open().write(JANE, [{ ...access('github.com', true), result, more: 'text' } as never]);
    assert.deepEqual(await open().read(JANE), [access('github.com', true)]);
  });

  it('are those of several windows, and the later one of two about the same', async () => {
    await open().write(JANE, [access('1', true, ago(2)), access('2', true, ago(2)), validation('1', true)]);
    await open().write(JANE, [access('1', false, ago(1)), access('2', false, ago(3)), access('3', true)]);
    const kept = (await open().read(JANE)).map(({ kind, about, result }) => [
      kind,
      about,
      'valid' in result ? result.valid : result.signedIn,
    ]);
    assert.deepEqual(kept.sort(), [
      ['access', '1', false],
      ['access', '2', true],
      ['access', '3', true],
      ['validation', '1', true],
    ]);
  });

  it('end after 24 hours, and none is from the future', async () => {
    const answers = [
      access('1', true, ago(DAY)),
      access('2', true, ago(DAY - 1)),
      access('3', true, ago(-HOUR)),
    ];
    await open().write(JANE, answers);
    assert.deepEqual(await open().read(JANE), [answers[1]]);
    // Written by a window whose clock was wrong, or a day ago.
    const text = await readFile(await onlyFile(), 'utf8');
    for (const at of [ago(DAY), ago(-HOUR)]) {
      await writeFile(await onlyFile(), text.replace(ago(DAY - 1).toISOString(), at.toISOString()));
      assert.deepEqual(await open().read(JANE), []);
    }
    // It does not keep a real one out.
    await open().write(JANE, [access('2', false)]);
    assert.deepEqual(await open().read(JANE), [access('2', false)]);
  });

  it('are those of one owner of one account', async () => {
    await open().write(JANE, [access('github.com', true)]);
    assert.deepEqual(await open().read(JOE), []);
    assert.deepEqual(await open().read(OTHER), []);
    assert.deepEqual(await open().read({ ...JANE, origin: 'https://app.gitpod.io' }), []);
    assert.deepEqual(await open('scope-2').read(JANE), []);
    await open().write(JOE, [access('gitlab.com', true)]);
    assert.deepEqual(await open().read(JOE), [access('gitlab.com', true)]);
    assert.deepEqual(await open().read(JANE), []);
    assert.deepEqual(lines, []);
  });

  it('are forgotten with their account, even while they are being written, and those of others stay', async () => {
    const kept = open();
    await kept.write(OTHER, [access('github.com', true)]);
    await open('scope-2').write(JANE, [access('github.com', true)]);
    await Promise.all([kept.write(JANE, [access('github.com', true)]), forget(kept, JANE)]);
    assert.deepEqual(await open().read(JANE), []);
    assert.equal((await open().read(OTHER)).length, 1);
    assert.equal((await open('scope-2').read(JANE)).length, 1);
    assert.equal((await files()).length, 2);
  });

  it('are deleted after a day, whoever they belong to, and so are drafts of killed windows', async () => {
    for (const [scope, age] of [
      ['scope-2', DAY + HOUR],
      ['scope-3', DAY - HOUR],
      // From a clock that was far ahead.
      ['scope-4', -400 * DAY],
    ] as const) {
      await open(scope).write(JANE, [access('github.com', true)]);
      const file = join(folder, 'answers', (await files()).find((name) => name.startsWith(scope)) ?? '');
      await utimes(file, ago(age), ago(age));
    }
    for (const [draft, age] of [
      ['old', 2 * HOUR],
      ['new', 0],
    ] as const) {
      const file = `${await onlyFile()}.${draft}`;
      await writeFile(file, 'x');
      await utimes(file, ago(age), ago(age));
    }
    await open().write(JANE, [access('github.com', true)]);
    assert.deepEqual(
      (await files()).map((name) => name.replace(/-[\da-f]{32}\.answers/, '')),
      ['scope-1', 'scope-3', 'scope-3.new'],
    );
  });

  describe('that are damaged are ignored, and replaced by the next ones:', () => {
    const breaks: Record<string, (text: string) => string> = {
      'an empty file': () => '',
      'a file that breaks off': (text) => text.slice(0, text.length / 2),
      'another version': (text) => text.replace('"version":1', '"version":2'),
      'another owner': (text) => text.replace('jane', 'joe'),
      'a malformed answer': (text) => text.replace('"signedIn":true', '"signedIn":"yes"'),
      'an invalid time': (text) => text.replace(now.toISOString(), 'yesterday'),
      'an unknown field': (text) => text.replace('"field":"host"', '"field":"constructor"'),
      'a list': () => '[]',
      'no text at all': () => '\0\u0001\ufffd',
    };
    for (const [name, damage] of Object.entries(breaks)) {
      it(name, async () => {
        const answers = [access('github.com', true), validation('github.com', false)];
        await open().write(JANE, answers);
        const text = await readFile(await onlyFile(), 'utf8');
        assert.notEqual(damage(text), text);
        await writeFile(await onlyFile(), damage(text));
        assert.deepEqual(await open().read(JANE), []);
        await open().write(JANE, answers);
        assert.deepEqual(await open().read(JANE), answers);
        assert.deepEqual(lines, []);
      });
    }
  });

  it('may be none at all, without a word', async () => {
    assert.deepEqual(await open().read(JANE), []);
    await forget(open(), JANE);
    assert.deepEqual(lines, []);
  });

  it('can be unreadable, which is logged without the path', async () => {
    await writeFile(join(folder, 'answers'), 'a file where the folder should be');
    await open().write(JANE, [access('github.com', true)]);
    assert.deepEqual(await open().read(JANE), []);
    assert.equal(lines.length, 2);
    assert.ok(
      lines.every((line) => /E[A-Z]+/.test(line) && !line.includes(folder)),
      lines.join('\n'),
    );
  });
});
