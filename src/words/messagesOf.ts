import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import type { Reason } from '../inventory/reasons.ts';
import { reasonSentence } from './reasons.ts';
import { reasonWords } from './status.ts';

/*
 * Loaded on demand, like `reasons.ts`.
 */

/**
 * Makes sentences of the reasons of many items.
 *
 * @param runners those that the items are or belong to. If one is gone, its reasons are only a few words
 */
export function messagesOf(runners: readonly RunnerEntry[]): (reason: Reason, entry: ItemEntry) => string {
  const byId = new Map<string, RunnerEntry>();
  for (const runner of runners) {
    const { runnerId } = runner.ref;
    // If two runners have the same id, the first one has the integrations.
    byId.set(runnerId, byId.get(runnerId) ?? runner);
  }
  return (reason, entry) => {
    const runner = entry.kind === 'runner' ? entry : byId.get(entry.ref.runnerId);
    return runner === undefined ? reasonWords(reason) : reasonSentence(reason, entry, runner);
  };
}
