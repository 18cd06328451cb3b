import { randomBytes } from 'node:crypto';
import { accountFingerprint, accountId } from '../account/account.ts';
import { AccountFiles, type KeptFilesOptions } from './accountFiles.ts';
import type { CacheKey } from './cacheFormat.ts';
import { changesJson, readChanges } from './changeFormat.ts';
import type { Change } from './changes.ts';
import { type LoggedChange, MAX_CHANGES, mergedChanges } from './mergedChanges.ts';

const FILES = { extension: '.changes', what: 'the log of changes', maxAgeMs: 90 * 24 * 3_600_000 };

/**
 * The last changes of each account, in a folder of the extension. Several windows may show the same account: what they
 * see is merged. Methods never reject: what cannot be written is kept in the window, and what cannot be read is logged.
 * Loaded on demand: most windows see no change.
 */
export class ChangeLog {
  readonly #files: AccountFiles;
  readonly #log: (line: string) => void;
  /** Identifies this window in the files. */
  readonly #window = randomBytes(4).toString('hex');
  #count = 0;
  /** What this window has seen, by the fingerprint of the account, in the order in which it was seen. */
  readonly #own = new Map<string, readonly LoggedChange[]>();

  constructor(options: KeptFilesOptions) {
    this.#files = new AccountFiles(options, FILES);
    this.#log = options.log;
  }

  /** @returns the last changes of an account, newest first; those of one load in the order of `changeSteps` */
  async read(owner: CacheKey): Promise<readonly Change[]> {
    const kept = await this.#files.read(owner, (content) => this.#changesIn(content, owner), []);
    return mergedChanges(kept, this.#ownOf(owner)).map(({ change }) => change);
  }

  /** Adds the changes between two loads to the file of their account. Old files are deleted, whoever they belong to. */
  async add(owner: CacheKey, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    const fresh = changes
      .slice(0, MAX_CHANGES)
      .map((change) => ({ change, seenBy: [`${this.#window}:${this.#count++}`] }));
    // Another window may have replaced the file without the earlier ones.
    const own = mergedChanges([], [...this.#ownOf(owner), ...fresh]);
    this.#own.set(fingerprintOf(owner), own);
    await this.#files.update(owner, (content) =>
      changesJson(owner, mergedChanges(this.#changesIn(content, owner), this.#ownOf(owner))),
    );
  }

  /** @param fingerprints `accountFingerprint` of each account */
  forget(fingerprints: readonly string[]): Promise<void> {
    fingerprints.forEach((fingerprint) => this.#own.delete(fingerprint));
    return this.#files.forget(fingerprints);
  }

  #ownOf(owner: CacheKey): readonly LoggedChange[] {
    return this.#own.get(fingerprintOf(owner)) ?? [];
  }

  #changesIn(content: string | undefined, owner: CacheKey): readonly LoggedChange[] {
    const read = content === undefined ? { changes: [], damaged: 0 } : readChanges(content, owner);
    if (read === undefined) {
      this.#log('Ignored the log of changes: it was not written by this version');
    } else if (read.damaged > 0) {
      this.#log(`Ignored damaged entries in the log of changes: ${read.damaged}`);
    }
    return read?.changes ?? [];
  }
}

function fingerprintOf(owner: CacheKey): string {
  return accountFingerprint(accountId(owner));
}
