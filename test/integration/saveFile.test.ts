import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, Uri } from 'vscode';
import { saveFile } from '../../src/platform/saveFile.ts';

describe('a file that is saved', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'save-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const save = (path: string, source = new CancellationTokenSource()) =>
    saveFile(Uri.file(path), new TextEncoder().encode('new'), source.token);

  it('replaces what stood there, and leaves no draft', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'old and longer');
    assert.equal(await save(path), true);
    assert.equal(await readFile(path, 'utf8'), 'new');
    assert.deepEqual(await readdir(folder), ['a.csv']);
  });

  it('may have the longest name that a file can have', async () => {
    for (const name of [`${'x'.repeat(251)}.csv`, `${'あ'.repeat(83)}xx.csv`]) {
      assert.equal(Buffer.byteLength(name), 255);
      assert.equal(await save(join(folder, name)), true);
      assert.equal(await readFile(join(folder, name), 'utf8'), 'new');
    }
    assert.equal((await readdir(folder)).length, 2);
  });

  it('leaves what stood there where it is canceled', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'old');
    const source = new CancellationTokenSource();
    source.cancel();
    assert.equal(await save(path, source), false);
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a.csv']);
  });

  it('never takes the place of a folder, and fails with the cause', async () => {
    const path = join(folder, 'sub');
    await mkdir(path);
    await writeFile(join(path, 'kept.txt'), 'kept');
    await assert.rejects(save(path), /sub/);
    assert.deepEqual(await readdir(path), ['kept.txt']);
    assert.deepEqual(await readdir(folder), ['sub']);
    await assert.rejects(save('/proc/nowhere.csv'), /ENOENT.*nowhere\.csv/);
  });
});
