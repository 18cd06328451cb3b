import { createHash } from 'node:crypto';
import { AccountState, type AccountStateOptions } from '../account/accountState.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { type ItemRef, refKey, runnerRef } from '../inventory/itemRef.ts';
import { STATE_KEYS } from '../names.ts';

/** Number of items that are remembered. */
const MAX_RECENTS = 10;

/** An item that was opened, with its runner. */
export interface Recent {
  readonly entry: ItemEntry;
  readonly runner: RunnerEntry;
}

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
    const print = fingerprint(ref);
    const all = [print, ...this.#all().filter((other) => other !== print)];
    await this.#stored.set(all.slice(0, MAX_RECENTS));
  }

  /** Deletes the list if it was last added to under one of these accounts (`AccountState.isOf`). */
  async forget(accounts: ReadonlySet<string>, isNobodyHere: boolean): Promise<void> {
    if (this.#stored.isOf(accounts, isNobodyHere)) {
      await this.#stored.set(undefined);
    }
  }

  /** The items of these runners that were opened, the latest first. In steps, because there can be very many. */
  *among(runners: readonly RunnerEntry[]): Generator<void, readonly Recent[], undefined> {
    const recents = this.#all();
    const found = new Map<string, Recent>();
    for (const runner of recents.length === 0 ? [] : runners) {
      const runnerPrint = fingerprint(runner.ref);
      const hasOpened = recents.some((print) => print.startsWith(`${runnerPrint}.`));
      for (const entry of [runner, ...(hasOpened ? runner.integrations : [])]) {
        const print = entry === runner ? runnerPrint : fingerprint(entry.ref);
        if (recents.includes(print)) {
          found.set(print, { entry, runner });
        }
        yield;
      }
    }
    return recents.map((print) => found.get(print)).filter((item) => item !== undefined);
  }

  #all(): readonly string[] {
    const stored = this.#stored.value;
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

/** An integration's fingerprint begins with its runner's, so that few have to be compared. */
function fingerprint(ref: ItemRef): string {
  const runner = hash(refKey(runnerRef(ref.runnerId)));
  return ref.kind === 'runner' ? runner : `${runner}.${hash(refKey(ref))}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
