import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readSteps, type CacheKey, UnreadableCacheError, writeSteps } from './cacheFormat.ts';
import { accountFingerprint, accountId } from '../account/account.ts';
import type { CompleteData } from './model.ts';
import { inSlices } from '../base/slices.ts';

/** Of all files together. */
const MAX_BYTES = 20_000_000;

/** Since a file was last written. Older rows are of little use: a new window waits for its first load instead. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** The beginning of a file, which contains the time of its rows. */
const HEADER_BYTES = 4096;

/** Writing takes seconds at most. An older draft is from a window that was killed. */
const MAX_DRAFT_AGE_MS = 3_600_000;

const EXTENSION = '.rows';

/** What `firstNameOf` returns. */
const FIRST_NAME = /^\w{16}-\w{16}\./;

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
      return await inSlices(readSteps(await readFile(file, 'utf8'), owner));
    } catch (error) {
      if (error instanceof UnreadableCacheError) {
        this.#log(`Discarded the cached data: ${error.message}`);
        await this.#attempt('discard', () => rm(file, { force: true }));
      } else if (!isMissing(error)) {
        this.#log(`Could not read the cached data: ${codeOf(error)}`);
      }
      return undefined;
    }
  }

  /**
   * Replaces the organization's rows, unless another window has written newer ones. Rows of others that are older than
   * 30 days are deleted, and so are the oldest ones if space is short.
   */
  write(owner: CacheKey, data: CompleteData): Promise<void> {
    return this.#inTurn(() =>
      this.#attempt('write', async () => {
        const file = await this.#fileOf(owner);
        if (await this.#isNewer(file, data.asOf)) {
          return;
        }
        const text = await inSlices(writeSteps(owner, data, this.#maxBytes));
        const bytes = text === undefined ? undefined : Buffer.from(text);
        if (bytes === undefined || bytes.length > this.#maxBytes) {
          this.#log(`Did not cache the data: they are larger than ${this.#maxBytes} bytes`);
          await rm(file, { force: true });
          return;
        }
        await mkdir(this.#folder, { recursive: true });
        // Readers see either the old or the new file, even if this process is killed in between.
        const draft = `${file}.${randomUUID()}`;
        try {
          await writeFile(draft, bytes, { mode: 0o600, flush: true });
          await rename(draft, file);
        } catch (error) {
          if (isMissing(error)) {
            // Another window has deleted the draft: the account was signed out.
            return;
          }
          throw error;
        } finally {
          await rm(draft, { force: true });
        }
        await this.#makeRoom(file);
        await this.#remove(firstNameOf(owner));
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
        const names = fingerprints.map((fingerprint) => fileName(scope, fingerprint));
        for (const name of await this.#names()) {
          // The name of a draft, which a killed process leaves behind, is longer.
          if (names.some((gone) => name.startsWith(gone)) || FIRST_NAME.test(name)) {
            await this.#remove(name);
          }
        }
      }),
    );
  }

  /** Whether a file has rows that are newer. A time that is still to come is from a clock that was wrong. */
  async #isNewer(file: string, asOf: Date): Promise<boolean> {
    const handle = await open(file).catch(() => undefined);
    try {
      const { buffer, bytesRead } = (await handle?.read(Buffer.alloc(HEADER_BYTES))) ?? {};
      const time = Date.parse(
        /"asOf":"([^"]+)"/.exec(buffer?.toString('utf8', 0, bytesRead) ?? '')?.[1] ?? '',
      );
      return time > asOf.getTime() && time <= Date.now();
    } finally {
      await handle?.close();
    }
  }

  async #remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  /**
   * Deletes what is too old to be of use, whoever it belongs to, and the oldest files if all are too large. Drafts do
   * not count: another window is about to rename them, or they will be deleted.
   */
  async #makeRoom(kept: string): Promise<void> {
    const files = await Promise.allSettled(
      (await this.#names()).map(async (name) => {
        const file = join(this.#folder, name);
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
      const isDraft = name.includes(`${EXTENSION}.`);
      total += isDraft ? 0 : size;
      if (isDraft ? age > MAX_DRAFT_AGE_MS : total > this.#maxBytes || age > MAX_AGE_MS) {
        await this.#remove(name);
      }
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
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

function fileName(scope: string, fingerprint: string): string {
  return `${scope}-${fingerprint}${EXTENSION}`;
}

/** The name that the first versions gave to the file, without a scope. */
function firstNameOf({ origin, organizationId }: CacheKey): string {
  return `${hash(origin)}-${hash(organizationId)}${EXTENSION}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Only the code is logged, because a path may contain a person's name. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.name : typeof error);
}
