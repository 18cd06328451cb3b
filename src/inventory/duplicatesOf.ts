import type { IntegrationEntry, RunnerEntry } from './groups.ts';

/** The other integrations of the same runner for the same host. They may have the same ref: the API can repeat one. */
export function duplicatesOf(
  entry: IntegrationEntry,
  { integrations }: RunnerEntry,
): readonly IntegrationEntry[] {
  return entry.hasDuplicate
    ? integrations.filter((other) => other !== entry && other.hostKey === entry.hostKey)
    : [];
}
