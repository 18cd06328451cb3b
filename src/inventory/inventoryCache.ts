import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readSteps, type CacheKey, UnreadableCacheError, writeSteps } from './cacheFormat.ts';
import type { CompleteData } from './model.ts';
import { inSlices } from '../base/slices.ts';

/** All files together, in bytes. */
const MAX_BYTES = 20_000_000;

const EXTENSION = '.rows';

/**
 * The last good rows of each organization, in a folder of the extension: what a window shows at its start until it has
 * asked the API. Nothing here ever fails anybody: what cannot be kept or read is logged, and asked for anew.
 */
export class InventoryCache {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #maxBytes: number;
  /** One at a time, so that what is forgotten is not written after that. */
  readonly #inTurn = pLimit(1);

  /** @param folder may not exist yet */
  constructor(folder: string, log: (line: string) => void, maxBytes = MAX_BYTES) {
    this.#folder = folder;
    this.#log = log;
    this.#maxBytes = maxBytes;
  }

  /** @returns undefined where there are none that can be read; such a file is discarded */
  async read(owner: CacheKey): Promise<CompleteData | undefined> {
    const file = this.#fileOf(owner);
    try {
      return await inSlices(readSteps(await readFile(file, 'utf8'), owner));
    } catch (error) {
      if (error instanceof UnreadableCacheError) {
        this.#log(`The data kept of the last time are discarded: ${error.message}`);
        await this.#attempt('discard', () => rm(file, { force: true }));
      } else if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#log(`The data kept of the last time cannot be read: ${codeOf(error)}`);
      }
      return undefined;
    }
  }

  /** Keeps rows in place of earlier ones; the oldest of other organizations make room. */
  write(owner: CacheKey, data: CompleteData): Promise<void> {
    return this.#inTurn(() =>
      this.#attempt('keep', async () => {
        const file = this.#fileOf(owner);
        const text = await inSlices(writeSteps(owner, data, this.#maxBytes));
        const bytes = text === undefined ? undefined : Buffer.from(text);
        if (bytes === undefined || bytes.length > this.#maxBytes) {
          this.#log(`The data are not kept for the next time: they are larger than ${this.#maxBytes} bytes`);
          await rm(file, { force: true });
          return;
        }
        await mkdir(this.#folder, { recursive: true });
        // Whoever reads, or ends in between, finds the old file or the new one.
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

  /** Forgets every organization of an API origin. */
  forget(origin: string): Promise<void> {
    return this.#inTurn(() => this.#removeWhere((name) => name.startsWith(hash(origin))));
  }

  /** Forgets whatever belongs to none of these: another window may have kept rows after a sign-out. */
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
      this.#log(`Could not ${what} the data of the last time: ${codeOf(error)}`);
    }
  }
}

/** Of any organization the same length, and harmless as a file's name. */
function nameOf({ origin, organizationId }: CacheKey): string {
  return `${hash(origin)}-${hash(organizationId)}${EXTENSION}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A path may hold a person's name: the log gets the code alone. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.name : typeof error);
}
