import { findItem, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { refKey } from '../inventory/itemRef.ts';
import type { CheckTarget } from './askedAbout.ts';

/**
 * The integrations to ask about, as they are now and each once. A runner stands for all that it has, even if a filter hides
 * some. What is gone is left out.
 *
 * @param chosen undefined for all
 */
export function checkTargets(
  runners: readonly RunnerEntry[],
  chosen: readonly ItemEntry[] | undefined,
): readonly CheckTarget[] {
  if (chosen === undefined) {
    return runners.flatMap(ofRunner);
  }
  const byId = new Map(runners.map((runner) => [runner.ref.runnerId, runner]));
  const targets = chosen.flatMap(({ ref }) => {
    const runner = byId.get(ref.runnerId);
    const entry = runner && findItem([runner], ref);
    if (runner === undefined || entry === undefined) {
      return [];
    }
    return entry.kind === 'runner' ? ofRunner(entry) : [{ entry, runner }];
  });
  return [...new Map(targets.map((target) => [refKey(target.entry.ref), target])).values()];
}

function ofRunner(runner: RunnerEntry): CheckTarget[] {
  return runner.integrations.map((entry) => ({ entry, runner }));
}
