import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readSteps, type CacheKey, UnreadableCacheError, writeSteps } from './cacheFormat.ts';
import type { CompleteData } from './model.ts';
import { inSlices } from '../base/slices.ts';

/** Of all files together. */
const MAX_BYTES = 20_000_000;

const EXTENSION = '.rows';

/**
 * The last good rows of each organization, in a folder of the extension. A new window shows them until its first load.
 * Methods never reject: rows that cannot be written or read are logged, and loaded again.
 */
export class InventoryCache {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #maxBytes: number;
  /** One change at a time, so that forgotten rows are not written afterwards. */
  readonly #inTurn = pLimit(1);

  /** @param folder need not exist yet */
  constructor(folder: string, log: (line: string) => void, maxBytes = MAX_BYTES) {
    this.#folder = folder;
    this.#log = log;
    this.#maxBytes = maxBytes;
  }

  /** @returns undefined if there are no readable rows; a damaged or outdated file is deleted */
  async read(owner: CacheKey): Promise<CompleteData | undefined> {
    const file = this.#fileOf(owner);
    try {
      return await inSlices(readSteps(await readFile(file, 'utf8'), owner));
    } catch (error) {
      if (error instanceof UnreadableCacheError) {
        this.#log(`Discarded the cached data: ${error.message}`);
        await this.#attempt('discard', () => rm(file, { force: true }));
      } else if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#log(`Could not read the cached data: ${codeOf(error)}`);
      }
      return undefined;
    }
  }

  /** Replaces the organization's rows. If space is short, the oldest rows of other organizations are deleted. */
  write(owner: CacheKey, data: CompleteData): Promise<void> {
    return this.#inTurn(() =>
      this.#attempt('write', async () => {
        const file = this.#fileOf(owner);
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
        } finally {
          await rm(draft, { force: true });
        }
        await this.#makeRoom(file);
      }),
    );
  }

  /** Forgets all organizations of an API origin. */
  forget(origin: string): Promise<void> {
    return this.#inTurn(() => this.#removeWhere((name) => name.startsWith(hash(origin))));
  }

  /** Forgets all other organizations: another window may have written rows after a sign-out. */
  forgetOthers(owners: readonly CacheKey[]): Promise<void> {
    const known = owners.map(nameOf);
    return this.#inTurn(() => this.#removeWhere((name) => !known.some((other) => name.startsWith(other))));
  }

  async #removeWhere(condition: (name: string) => boolean): Promise<void> {
    await this.#attempt('discard', async () => {
      const names = (await this.#names()).filter(condition);
      await Promise.all(names.map((name) => rm(join(this.#folder, name), { force: true })));
    });
  }

  async #makeRoom(kept: string): Promise<void> {
    const files = await Promise.all(
      (await this.#names()).map(async (name) => {
        const file = join(this.#folder, name);
        const { size, mtimeMs } = await stat(file);
        return { file, size, mtimeMs: file === kept ? Infinity : mtimeMs };
      }),
    );
    let total = 0;
    for (const { file, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      total += size;
      if (total > this.#maxBytes) {
        await rm(file, { force: true });
      }
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
      throw error;
    }
  }

  #fileOf(owner: CacheKey): string {
    return join(this.#folder, nameOf(owner));
  }

  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log(`Could not ${what} the cached data: ${codeOf(error)}`);
    }
  }
}

/** Hashed, so that every name is equally long and valid as a file name. */
function nameOf({ origin, organizationId }: CacheKey): string {
  return `${hash(origin)}-${hash(organizationId)}${EXTENSION}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Only the code is logged, because a path may contain a person's name. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.name : typeof error);
}
