import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inSlices } from '../base/slices.ts';
import { MAX_DRAFT_AGE_MS, namesIn, replaceFile } from './cacheFolder.ts';
import { CACHE_VERSION, type CacheKey } from './cacheFormat.ts';
import { cacheWriteSteps } from './cacheWriteSteps.ts';
import { CACHE_EXTENSION } from './inventoryCache.ts';
import type { CompleteData } from './model.ts';

/*
 * Changes to the folder of `InventoryCache`.
 */

/** Since a file was last written. Older rows are of little use: a new window waits for its first load instead. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** The beginning of a file, which contains the time of its rows. */
const HEADER_BYTES = 4096;

/** What `firstNameOf` returns. */
const FIRST_NAME = /^\w{16}-\w{16}\./;

export interface CachePlace {
  /** Need not exist yet. */
  readonly folder: string;
  /** Of all files together. */
  readonly maxBytes: number;
}

/**
 * Replaces the rows in a file, unless they are newer, and then deletes what nobody needs any more.
 *
 * @returns false if the rows are too large; the file is then deleted
 * @throws what the file system throws
 */
export async function writeRows(
  file: string,
  owner: CacheKey,
  data: CompleteData,
  { folder, maxBytes }: CachePlace,
): Promise<boolean> {
  if (await isNewer(file, data.asOf)) {
    return true;
  }
  const text = await inSlices(cacheWriteSteps(owner, data, maxBytes));
  const bytes = text === undefined ? undefined : Buffer.from(text);
  if (bytes === undefined || bytes.length > maxBytes) {
    await rm(file, { force: true });
    return false;
  }
  if (!(await replaceFile(file, bytes))) {
    return true;
  }
  await makeRoom(file, { folder, maxBytes });
  await rm(join(folder, firstNameOf(owner)), { force: true });
  return true;
}

/**
 * Deletes the files of these names with their drafts, and all of the first versions.
 *
 * @throws what the file system throws
 */
export async function forgetRows(folder: string, names: readonly string[]): Promise<void> {
  for (const name of await namesIn(folder)) {
    // The name of a draft, which a killed process leaves behind, is longer.
    if (names.some((gone) => name.startsWith(gone)) || FIRST_NAME.test(name)) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** Whether a file has readable rows that are newer. A time that is still to come is from a clock that was wrong. */
async function isNewer(file: string, asOf: Date): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await handle?.read(Buffer.alloc(HEADER_BYTES))) ?? {};
    const header = buffer?.toString('utf8', 0, bytesRead) ?? '';
    const time = Date.parse(/"asOf":"([^"]+)"/.exec(header)?.[1] ?? '');
    return header.startsWith(`{"version":${CACHE_VERSION},`) && time > asOf.getTime() && time <= Date.now();
  } finally {
    await handle?.close();
  }
}

/**
 * Deletes what is too old to be of use, whoever it belongs to, and the oldest files if all are too large. Drafts do
 * not count: another window is about to rename them, or they will be deleted.
 */
async function makeRoom(kept: string, { folder, maxBytes }: CachePlace): Promise<void> {
  const files = await Promise.allSettled(
    (await namesIn(folder)).map(async (name) => {
      const file = join(folder, name);
      const { size, mtimeMs } = await stat(file);
      // A clock that was far ahead must not keep a file.
      const age = file === kept ? -1 : Math.abs(Date.now() - mtimeMs);
      return { name, size, age };
    }),
  );
  // Other windows delete files too.
  const found = files.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []));
  let total = 0;
  for (const { name, size, age } of found.sort((a, b) => a.age - b.age)) {
    const isDraft = name.includes(`${CACHE_EXTENSION}.`);
    total += isDraft ? 0 : size;
    if (isDraft ? age > MAX_DRAFT_AGE_MS : total > maxBytes || age > MAX_AGE_MS) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** The name that the first versions gave to the file, without a scope. */
function firstNameOf({ origin, organizationId }: CacheKey): string {
  return `${hash(origin)}-${hash(organizationId)}${CACHE_EXTENSION}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
