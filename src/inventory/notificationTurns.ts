import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { AccountFiles, type KeptFilesOptions } from './accountFiles.ts';
import type { CacheKey } from './cacheFormat.ts';
import type { Change } from './changes.ts';
import { differenceKey } from './mergedChanges.ts';

/** Milliseconds between two notifications, whichever windows they come from. */
const PAUSE_MS = 60_000;

/** Milliseconds after which it no longer matters what the user was notified of. */
const MAX_AGE_MS = 24 * 3_600_000;

/** Changes in a file; the last ones count. All integrations of an organization may be gone at once. */
const MAX_TOLD = 10_000;

const FILES = { extension: '.notified', what: 'the last notifications', maxAgeMs: MAX_AGE_MS };

/** The changes that the user was notified of, by which window, and when. */
const TOLD = v.array(v.object({ what: v.string(), by: v.string(), at: v.number() }));

type Told = v.InferOutput<typeof TOLD>;

export interface NotificationTurn {
  /** Whether this window may notify the user now, and no other one for a minute. */
  readonly isTaken: boolean;
  /** Those of the changes that another window has notified the user of. */
  readonly told: ReadonlySet<Change>;
}

/**
 * Lets only one of the windows that show the same account notify the user at a time, and only one of them of each
 * change. It needs a folder of its own. Loaded on demand.
 */
export class NotificationTurns {
  readonly #files: AccountFiles;
  /** Identifies this window in the files. */
  readonly #window = randomBytes(4).toString('hex');

  constructor(options: KeptFilesOptions) {
    this.#files = new AccountFiles(options, FILES);
  }

  /**
   * Asks for the turn to notify the user of changes. If the file system fails, it is taken: two notifications are
   * better than none.
   */
  async take(owner: CacheKey, changes: readonly Change[], now = Date.now()): Promise<NotificationTurn> {
    let turn: NotificationTurn = { isTaken: true, told: new Set() };
    await this.#files.update(owner, (content) => {
      // A clock that was ahead must not keep everybody silent.
      const all = toldIn(content).filter(({ at }) => at < now + PAUSE_MS && at > now - MAX_AGE_MS);
      const told = new Set(changes.filter(this.#toldTest(all)));
      const isRecent = all.some(({ at }) => at > now - PAUSE_MS);
      turn = { isTaken: !isRecent && told.size < changes.length, told };
      const fresh = turn.isTaken ? changes.filter((change) => !told.has(change)) : [];
      const added = fresh.map((change) => ({ what: lossKey(change), by: this.#window, at: now }));
      return JSON.stringify([...all, ...added].slice(-MAX_TOLD));
    });
    return turn;
  }

  /** @param fingerprints `accountFingerprint` of each account that was signed out */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#files.forget(fingerprints);
  }

  /**
   * @returns whether another window has notified the user of a change since this window last looked. Its own changes
   *   are different ones
   */
  #toldTest(all: Told): (change: Change) => boolean {
    const lastAt = new Map<string, number>();
    for (const { what, by, at } of all) {
      if (by !== this.#window) {
        lastAt.set(what, Math.max(at, lastAt.get(what) ?? at));
      }
    }
    return (change) => (lastAt.get(lossKey(change)) ?? -Infinity) >= change.since.getTime();
  }
}

/**
 * The same in every window for the same loss, which need not have seen the same steps: a runner that went offline may
 * have been degraded before. Short, because there may be thousands.
 */
function lossKey(change: Change): string {
  const what = 'integration' in change ? differenceKey(change) : change.key;
  return createHash('sha256').update(what).digest('hex').slice(0, 16);
}

function toldIn(content: string | undefined): Told {
  try {
    const told: unknown = JSON.parse(content ?? '[]');
    return v.is(TOLD, told) ? told : [];
  } catch {
    return [];
  }
}
