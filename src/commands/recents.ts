import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { type ItemRef, refKey, runnerRef } from '../inventory/itemRef.ts';
import { STATE_KEYS } from '../names.ts';

/** So many are remembered. */
const MOST = 10;

/** Something that was opened, with its runner. */
export interface Recent {
  readonly entry: ItemEntry;
  readonly runner: RunnerEntry;
}

/**
 * What was opened last in this workspace, the last one first. By a fingerprint alone: after a sign-out nothing of the
 * organization may be left.
 */
export class Recents {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  async add(ref: ItemRef): Promise<void> {
    const print = fingerprint(ref);
    await this.#state.update(
      STATE_KEYS.recents,
      [print, ...this.#all().filter((other) => other !== print)].slice(0, MOST),
    );
  }

  /** What of these was opened, the last one first, each with its runner. In steps: there can be very many. */
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
    const stored = this.#state.get<unknown>(STATE_KEYS.recents);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

/** That of an integration begins with that of its runner, so that few have to be compared. */
function fingerprint(ref: ItemRef): string {
  const runner = hash(refKey(runnerRef(ref.runnerId)));
  return ref.kind === 'runner' ? runner : `${runner}.${hash(refKey(ref))}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
