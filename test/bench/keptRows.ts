import { join } from 'node:path';
import type { Host } from '../vscode/startHost.ts';

/** The folder of the rows that our extension caches for its next start. */
export function keptRowsOf({ dataDir }: Host): string {
  const storage = join(dataDir, 'data', 'User', 'globalStorage');
  return join(storage, 'ona-community.ona-scm-integrations', 'snapshots');
}
