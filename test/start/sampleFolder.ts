import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The host of the sample folder's remote: one that the sample organization has an integration for. `.example` is
 * reserved.
 */
const SAMPLE_HOST = 'gitlab.acme.example:8443';

/**
 * Makes the folder that `npm start` opens: a git repository without a commit, whose remote is on `SAMPLE_HOST`. Written
 * directly, because git may be missing.
 *
 * @returns its path
 */
export async function makeSampleFolder(parent: string): Promise<string> {
  const folder = join(parent, 'sample-service');
  const git = join(folder, '.git');
  // Git requires these two folders and HEAD.
  await mkdir(join(git, 'objects'), { recursive: true });
  await mkdir(join(git, 'refs', 'heads'), { recursive: true });
  await writeFile(join(git, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(
    join(git, 'config'),
    `[core]
\trepositoryformatversion = 0
\tbare = false
[remote "origin"]
\turl = https://${SAMPLE_HOST}/shop/sample-service.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
`,
  );
  return folder;
}
