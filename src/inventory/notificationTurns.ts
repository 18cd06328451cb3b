import { AccountFiles, type KeptFilesOptions } from './accountFiles.ts';
import type { CacheKey } from './cacheFormat.ts';

/** Milliseconds between two notifications, whichever windows they come from. */
const PAUSE_MS = 60_000;

/** Each file contains the time of the last notification. */
const FILES = { extension: '.notified', what: 'the time of the last notification', maxAgeMs: 24 * 3_600_000 };

/**
 * Lets only one of the windows that show the same account notify somebody at a time. It needs a folder of its own. Loaded
 * on demand.
 */
export class NotificationTurns {
  readonly #files: AccountFiles;

  constructor(options: KeptFilesOptions) {
    this.#files = new AccountFiles(options, FILES);
  }

  /**
   * @returns whether this window may notify somebody now, and no other one for a minute. True if the file system fails: two
   *   notifications are better than none
   */
  async take(owner: CacheKey, now = new Date()): Promise<boolean> {
    let isTaken = true;
    await this.#files.update(owner, (content = '') => {
      // A clock that was ahead must not keep everybody silent.
      const isRecent = Math.abs(now.getTime() - Date.parse(content)) < PAUSE_MS;
      isTaken = !isRecent;
      return isRecent ? content : now.toISOString();
    });
    return isTaken;
  }

  /** @param fingerprints `accountFingerprint` of each account that was signed out */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#files.forget(fingerprints);
  }
}
