import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { itemFingerprint, type Recents } from './recents.ts';

/** An item that was opened, with its runner. */
export interface RecentItem {
  readonly entry: ItemEntry;
  readonly runner: RunnerEntry;
}

/** The items of these runners that were opened, the latest first. In steps, because there can be very many. */
export function* recentItems(
  recents: Recents,
  runners: readonly RunnerEntry[],
): Generator<void, readonly RecentItem[], undefined> {
  const opened = recents.all();
  const found = new Map<string, RecentItem>();
  for (const runner of opened.length === 0 ? [] : runners) {
    const runnerPrint = itemFingerprint(runner.ref);
    const hasOpened = opened.some((print) => print.startsWith(`${runnerPrint}.`));
    for (const entry of [runner, ...(hasOpened ? runner.integrations : [])]) {
      const print = entry === runner ? runnerPrint : itemFingerprint(entry.ref);
      if (opened.includes(print)) {
        found.set(print, { entry, runner });
      }
      yield;
    }
  }
  return opened.map((print) => found.get(print)).filter((item) => item !== undefined);
}
