import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { accountFingerprint, accountId } from '../account/account.ts';
import { MAX_DRAFT_AGE_MS, namesIn, replaceFile } from './cacheFolder.ts';
import type { CacheKey } from './cacheFormat.ts';
import { withFileLock } from './fileLock.ts';
import { codeOf, fileName, isMissing } from './inventoryCache.ts';

export interface KeptFilesOptions {
  /** Need not exist yet. */
  readonly folder: string;
  /** `storageScope`: a sign-out leaves the files of others as they are. */
  readonly scope: () => Promise<string>;
  readonly log: (line: string) => void;
}

/** Describes the files in a folder. */
export interface KeptFiles {
  /** The end of their names. That of a draft is longer. */
  readonly extension: string;
  /** For the log, e.g. `the answers of runners`. */
  readonly what: string;
  /** Milliseconds since a file was last written, after which it is deleted, whichever account it belongs to. */
  readonly maxAgeMs: number;
}

/**
 * A file for each account, in a folder of the extension. Several windows may show the same account, so a file is
 * updated by one of them at a time. Methods never reject: what cannot be written or read is logged. Loaded on demand.
 */
export class AccountFiles {
  readonly #options: KeptFilesOptions;
  readonly #files: KeptFiles;
  /** One at a time, so that nothing is written after it was forgotten. */
  readonly #inTurn = pLimit(1);

  constructor(options: KeptFilesOptions, files: KeptFiles) {
    this.#options = options;
    this.#files = files;
  }

  /**
   * Reads the file of an account.
   *
   * @param parse receives undefined if there is none
   * @param otherwise what to return if the file cannot be read
   */
  read<T>(owner: CacheKey, parse: (content: string | undefined) => T, otherwise: T): Promise<T> {
    return this.#attempt('read', async () => parse(await contentOf(await this.#fileOf(owner))), otherwise);
  }

  /**
   * Replaces the file of an account, and deletes old ones.
   *
   * @param next makes the new content; it receives undefined if there is no file yet
   */
  update(owner: CacheKey, next: (content: string | undefined) => string): Promise<void> {
    return this.#attempt('write', async () => {
      const file = await this.#fileOf(owner);
      await mkdir(this.#options.folder, { recursive: true });
      await withFileLock(file, async () => replaceFile(file, next(await contentOf(file))));
      await this.#deleteOld();
    });
  }

  /**
   * Deletes the files of accounts.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#attempt('delete', async () => {
      const { folder, scope } = this.#options;
      const ownScope = await scope();
      const gone = fingerprints.map((fingerprint) => fileName(ownScope, fingerprint, this.#files.extension));
      for (const name of await namesIn(folder)) {
        // The name of a draft is longer.
        if (gone.some((start) => name.startsWith(start))) {
          await rm(join(folder, name), { force: true });
        }
      }
    });
  }

  async #fileOf(owner: CacheKey): Promise<string> {
    const { folder, scope } = this.#options;
    const fingerprint = accountFingerprint(accountId(owner));
    return join(folder, fileName(await scope(), fingerprint, this.#files.extension));
  }

  async #deleteOld(): Promise<void> {
    const { folder } = this.#options;
    const { extension, maxAgeMs } = this.#files;
    for (const name of await namesIn(folder)) {
      const file = join(folder, name);
      // Other windows delete files too.
      const written = await stat(file).catch(() => undefined);
      // A clock that was far ahead must not keep a file.
      const age = written === undefined ? 0 : Math.abs(Date.now() - written.mtimeMs);
      if (age > (name.endsWith(extension) ? maxAgeMs : MAX_DRAFT_AGE_MS)) {
        await rm(file, { force: true });
      }
    }
  }

  #attempt(what: string, work: () => Promise<void>): Promise<void>;
  #attempt<T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T>;
  #attempt<T>(what: string, work: () => Promise<T>, otherwise?: T): Promise<T | undefined> {
    return this.#inTurn(async () => {
      try {
        return await work();
      } catch (error) {
        this.#options.log(`Could not ${what} ${this.#files.what}: ${codeOf(error)}`);
        return otherwise;
      }
    });
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
