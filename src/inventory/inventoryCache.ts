import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { CacheKey } from './cacheFormat.ts';
import { accountFingerprint, accountId } from '../account/account.ts';
import type { CompleteData } from './model.ts';

/** Of all files together. */
const MAX_BYTES = 20_000_000;

/** Of the files with rows. A draft has a suffix. */
export const CACHE_EXTENSION = '.rows';

export interface InventoryCacheOptions {
  /** Need not exist yet. */
  readonly folder: string;
  /** `storageScope`: the files of others stay as they are. */
  readonly scope: () => Promise<string>;
  readonly log: (line: string) => void;
  readonly maxBytes?: number | undefined;
}

/**
 * The last good rows of each organization, in a folder of the extension. A new window shows them until its first load.
 * The folder may belong to several profiles and, on a server, to several users' editors, which may be signed in to the
 * same organization. So only a sign-out deletes rows, and only those of its own scope; others go when they are old.
 * Methods never reject: rows that cannot be written or read are logged, and loaded again.
 */
export class InventoryCache {
  readonly #folder: string;
  readonly #scope: () => Promise<string>;
  readonly #log: (line: string) => void;
  readonly #maxBytes: number;
  /** One change at a time, so that forgotten rows are not written afterwards. */
  readonly #inTurn = pLimit(1);

  constructor({ folder, scope, log, maxBytes = MAX_BYTES }: InventoryCacheOptions) {
    this.#folder = folder;
    this.#scope = scope;
    this.#log = log;
    this.#maxBytes = maxBytes;
  }

  /** @returns undefined if there are no readable rows; a damaged or outdated file is deleted */
  async read(owner: CacheKey): Promise<CompleteData | undefined> {
    const file = await this.#fileOf(owner);
    try {
      const content = await readFile(file, 'utf8');
      const { readRows } = await import('./onDemand.ts');
      const rows = await readRows(content, owner);
      if (typeof rows !== 'string') {
        return rows;
      }
      this.#log(`Discarded the cached data: ${rows}`);
      await this.#attempt('discard', () => rm(file, { force: true }));
    } catch (error) {
      if (!isMissing(error)) {
        this.#log(`Could not read the cached data: ${codeOf(error)}`);
      }
    }
    return undefined;
  }

  /**
   * Replaces the organization's rows, unless another window has written newer ones. Rows of others that are older than
   * 30 days are deleted, and so are the oldest ones if space is short.
   */
  write(owner: CacheKey, data: CompleteData): Promise<void> {
    return this.#inTurn(() =>
      this.#attempt('write', async () => {
        const file = await this.#fileOf(owner);
        const { writeRows } = await import('./onDemand.ts');
        const place = { folder: this.#folder, maxBytes: this.#maxBytes };
        if (!(await writeRows(file, owner, data, place))) {
          this.#log(`Did not cache the data: they are larger than ${this.#maxBytes} bytes`);
        }
      }),
    );
  }

  /**
   * Forgets the rows of accounts that were signed out, and all of the first versions: nobody reads those any more, and
   * their names do not tell whether they are among them.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#inTurn(() =>
      this.#attempt('discard', async () => {
        const scope = await this.#scope();
        const { forgetRows } = await import('./onDemand.ts');
        await forgetRows(
          this.#folder,
          fingerprints.map((fingerprint) => fileName(scope, fingerprint)),
        );
      }),
    );
  }

  async #fileOf(owner: CacheKey): Promise<string> {
    return join(this.#folder, fileName(await this.#scope(), accountFingerprint(accountId(owner))));
  }

  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log(`Could not ${what} the cached data: ${codeOf(error)}`);
    }
  }
}

/** The name of a file with what is kept of an account. */
export function fileName(scope: string, fingerprint: string, extension = CACHE_EXTENSION): string {
  return `${scope}-${fingerprint}${extension}`;
}

/** Whether an error says that a file or a folder does not exist. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Only the code is logged, because a path may contain a person's name. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.name : typeof error);
}
