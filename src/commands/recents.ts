import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import { targetOf } from '../views/details/detailsTarget.ts';
import type { DetailsTarget } from '../views/details/messages.ts';
import type { ItemNode, RunnerNode } from '../views/tree/nodes.ts';

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

  /** What of these was opened, the last one first, each with its runner. In steps: rows can be very many. */
  *among(
    runners: readonly RunnerNode[],
  ): Generator<void, readonly { readonly node: ItemNode; readonly runner: RunnerNode }[], undefined> {
    const recents = this.#all();
    const found = new Map<string, { readonly node: ItemNode; readonly runner: RunnerNode }>();
    for (const runner of recents.length === 0 ? [] : runners) {
      const runnerPrint = fingerprint(targetOf(runner));
      const hasOpened = recents.some((print) => print.startsWith(`${runnerPrint}.`));
      for (const node of [runner, ...(hasOpened ? runner.integrations : [])]) {
        const print = node === runner ? runnerPrint : fingerprint(targetOf(node));
        if (recents.includes(print)) {
          found.set(print, { node, runner });
        }
        yield;
      }
    }
    return recents.map((print) => found.get(print)).filter((item) => item !== undefined);
  }

  #all(): readonly string[] {
    const stored = this.#state.get<unknown>(RECENTS);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

/** That of an integration begins with that of its runner, so that few have to be compared. */
function fingerprint(target: DetailsTarget): string {
  const runner = hash([target.runnerId]);
  return target.kind === 'runner' ? runner : `${runner}.${hash([target.id, target.scmId, target.host])}`;
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
