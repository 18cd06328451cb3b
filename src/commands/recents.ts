import { createHash } from 'node:crypto';
import { AccountState, type AccountStateOptions } from '../account/accountState.ts';
import { type ItemRef, refKey, runnerRef } from '../inventory/itemRef.ts';
import { STATE_KEYS } from '../names.ts';

/** Number of items that are remembered. */
const MAX_RECENTS = 10;

/**
 * The items opened most recently in this workspace, the latest first. Only fingerprints are stored, because the list may
 * have items of several organizations, and is deleted with the last one's account.
 */
export class Recents {
  readonly #stored: AccountState;

  constructor(options: Omit<AccountStateOptions, 'key'>) {
    this.#stored = new AccountState({ ...options, key: STATE_KEYS.recents });
  }

  async add(ref: ItemRef): Promise<void> {
    const print = itemFingerprint(ref);
    const all = [print, ...this.all().filter((other) => other !== print)];
    await this.#stored.set(all.slice(0, MAX_RECENTS));
  }

  /** Deletes the list if it was last added to under one of these accounts (`AccountState.isOf`). */
  async forget(accounts: ReadonlySet<string>, isNobodyHere: boolean): Promise<void> {
    if (this.#stored.isOf(accounts, isNobodyHere)) {
      await this.#stored.set(undefined);
    }
  }

  /** The fingerprints of the items, the latest first. */
  all(): readonly string[] {
    const stored = this.#stored.value;
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

/** An integration's fingerprint begins with its runner's, so that few have to be compared. */
export function itemFingerprint(ref: ItemRef): string {
  const runner = hash(refKey(runnerRef(ref.runnerId)));
  return ref.kind === 'runner' ? runner : `${runner}.${hash(refKey(ref))}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
