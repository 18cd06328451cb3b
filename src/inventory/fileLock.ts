import { open, rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { codeOf } from './inventoryCache.ts';

/*
 * Loaded on demand.
 */

/**
 * After so many milliseconds, the work runs without the lock: losing a change of another window is better than writing
 * nothing.
 */
const MAX_WAIT_MS = 2000;

/** Milliseconds between two attempts. */
const RETRY_MS = 20;

/** Work takes milliseconds. An older lock is from a window that was killed. */
const MAX_AGE_MS = 10_000;

/** `EPERM` and `EBUSY`: Windows is still deleting the lock of another window. */
const BUSY = ['EEXIST', 'EPERM', 'EBUSY'];

/**
 * Runs work that reads and then replaces a file, while no other window does. The folder of the file must exist.
 *
 * @throws what the work throws, or the file system
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const isOurs = await take(lock);
  try {
    return await work();
  } finally {
    if (isOurs) {
      await rm(lock, { force: true });
    }
  }
}

/** @returns false if another window has had it for too long */
async function take(lock: string): Promise<boolean> {
  const startedAt = performance.now();
  for (;;) {
    try {
      await (await open(lock, 'wx')).close();
      return true;
    } catch (error) {
      if (!BUSY.includes(codeOf(error))) {
        throw error;
      }
    }
    const { mtimeMs } = (await stat(lock).catch(() => undefined)) ?? { mtimeMs: Date.now() };
    if (Math.abs(Date.now() - mtimeMs) > MAX_AGE_MS) {
      await rm(lock, { force: true });
    } else if (performance.now() - startedAt > MAX_WAIT_MS) {
      return false;
    } else {
      await setTimeout(RETRY_MS);
    }
  }
}
