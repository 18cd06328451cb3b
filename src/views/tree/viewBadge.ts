import type { RunnerEntry } from '../../inventory/groups.ts';
import { isProblem } from '../../inventory/statuses.ts';
import { problemsText } from '../../words/problems.ts';

export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/**
 * How many runners and integrations have reasons of their own, whatever the tree shows of them.
 *
 * @returns undefined if none has
 */
export function badgeOf(runners: readonly RunnerEntry[]): Badge | undefined {
  const all = { broken: 0, attention: 0 };
  for (const { status, problems } of runners) {
    all.broken += problems.broken;
    all.attention += problems.attention;
    if (isProblem(status.own)) {
      all[status.own]++;
    }
  }
  const value = all.broken + all.attention;
  return value === 0 ? undefined : { value, tooltip: problemsText(all) };
}
