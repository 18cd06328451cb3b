import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
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
  const ids = new Set(chosen.map(({ ref }) => ref.runnerId));
  // A runner can have thousands.
  const byKey = new Map(
    [...ids].flatMap((id) => ofRunner(byId.get(id))).map((target) => [refKey(target.entry.ref), target]),
  );
  const targets = chosen.flatMap(({ ref }) =>
    ref.kind === 'runner' ? ofRunner(byId.get(ref.runnerId)) : (byKey.get(refKey(ref)) ?? []),
  );
  return [...new Map(targets.map((target) => [refKey(target.entry.ref), target])).values()];
}

function ofRunner(runner: RunnerEntry | undefined): CheckTarget[] {
  return runner?.integrations.map((entry) => ({ entry, runner })) ?? [];
}
