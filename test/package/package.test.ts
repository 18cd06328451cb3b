import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { VSIX } from '../packageExtension.ts';
import { type Loaded, loadedFiles } from './loadedFiles.ts';

/** The folder of the VSIX that gets installed. */
const EXTENSION = 'extension/';

/** For readers only. vsce gives them these names. */
const PAGES = ['readme.md', 'changelog.md', 'LICENSE.txt'];

describe('the VSIX', () => {
  let folder: string;
  /** Paths below the extension's folder. */
  let packaged: string[];
  let loaded: Loaded;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-package-'));
    const files = unzipSync(await readFile(VSIX));
    packaged = Object.keys(files)
      .filter((name) => name.startsWith(EXTENSION))
      .map((name) => name.slice(EXTENSION.length));
    for (const path of packaged) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), files[EXTENSION + path] ?? '');
    }
    loaded = await loadedFiles(folder);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('holds everything that is loaded', () => {
    const wanted = [...loaded.files, ...PAGES];
    assert.deepEqual(
      wanted.filter((path) => !packaged.includes(path)),
      [],
    );
    // Guards against a search that finds nothing.
    for (const path of ['dist/app.js', 'dist/details.js', 'media/ona-scm-icons.woff']) {
      assert.ok(wanted.includes(path), path);
    }
  });

  it('holds nothing else', () => {
    assert.deepEqual(
      packaged.filter((path) => !loaded.files.has(path) && !PAGES.includes(path)),
      [],
    );
  });

  it('needs no package at run time', () => {
    assert.deepEqual([...loaded.packages], []);
  });
});
