import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scene } from './scene.ts';

/** The files in which the extension keeps rows for the next window. */
export async function keptFiles({ host }: Scene): Promise<readonly string[]> {
  const folder = join(
    host.dataDir,
    'data',
    'User',
    'globalStorage',
    'ona-community.ona-scm-integrations',
    'snapshots',
  );
  return (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
}
