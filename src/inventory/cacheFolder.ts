import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './inventoryCache.ts';

/*
 * What folders of kept data have in common: several windows read, write and delete the same files. Loaded on demand.
 */

/** Writing takes seconds at most. An older draft is from a window that was killed. */
export const MAX_DRAFT_AGE_MS = 3_600_000;

/**
 * Replaces a file that only its owner may read. Readers see either the old or the new one, even if this process is killed
 * in between. The folder need not exist.
 *
 * @returns false if another window has deleted the draft, because the account was signed out
 * @throws what the file system throws
 */
export async function replaceFile(file: string, content: string | Buffer): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flush: true });
    await rename(draft, file);
    return true;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** @returns none if the folder does not exist */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
