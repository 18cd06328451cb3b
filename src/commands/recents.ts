import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import type { DetailsTarget } from '../views/details/messages.ts';

const RECENTS = 'onaScm.recents';

/** So many are remembered. */
const MOST = 10;

/**
 * What was opened last in this workspace, the last one first. By a fingerprint alone: after a sign-out nothing of the
 * organization may be left.
 */
export class Recents {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  async add(target: DetailsTarget): Promise<void> {
    const print = fingerprint(target);
    await this.#state.update(
      RECENTS,
      [print, ...this.#all().filter((other) => other !== print)].slice(0, MOST),
    );
  }

  /** Those of the given things that were opened, the last one first. */
  among<T>(items: readonly T[], targetOf: (item: T) => DetailsTarget): T[] {
    const recents = this.#all();
    const found = new Map<string, T>();
    for (const item of recents.length === 0 ? [] : items) {
      const print = fingerprint(targetOf(item));
      if (recents.includes(print)) {
        found.set(print, item);
      }
    }
    return recents.map((print) => found.get(print)).filter((item) => item !== undefined);
  }

  #all(): readonly string[] {
    const stored = this.#state.get<unknown>(RECENTS);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

function fingerprint(target: DetailsTarget): string {
  const parts =
    target.kind === 'runner' ? [target.runnerId] : [target.runnerId, target.id, target.scmId, target.host];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
