import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import { makeSampleFolder } from '../../start/sampleFolder.ts';

describe('the sample folder', () => {
  let parent: string;
  let folder: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'ona-scm-test-'));
    folder = await makeSampleFolder(parent);
  });
  after(() => rm(parent, { recursive: true }));

  it('is empty but for a git repository', async () => {
    assert.deepEqual(await readdir(folder), ['.git']);
    const git = join(folder, '.git');
    assert.equal(await readFile(join(git, 'HEAD'), 'utf8'), 'ref: refs/heads/main\n');
    for (const name of ['objects', 'refs']) {
      assert.ok((await stat(join(git, name))).isDirectory(), name);
    }
  });

  it('has a remote on a host that the sample organization integrates', async () => {
    const config = await readFile(join(folder, '.git', 'config'), 'utf8');
    const url = /^\[remote "origin"\]\n\turl = (.+)$/m.exec(config)?.[1] ?? '';
    const { host } = new URL(url);
    assert.ok(
      sampleOrganization().integrations.some((integration) => integration.host === host),
      url,
    );
  });
});
