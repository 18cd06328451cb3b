import { addressKey } from './duplicateHosts.ts';
import type { IntegrationEntry, RunnerEntry } from './groups.ts';

/**
 * The other integrations of the same runner for the same host and virtual directory. They may have the same ref: the API
 * can repeat one.
 */
export function duplicatesOf(
  entry: IntegrationEntry,
  { integrations }: RunnerEntry,
): readonly IntegrationEntry[] {
  if (!entry.hasDuplicate) {
    return [];
  }
  const keyOf = ({ hostKey, integration }: IntegrationEntry) => addressKey(hostKey, integration);
  const key = keyOf(entry);
  // The statuses of an entry may have changed since: it is recognized by its integration.
  return integrations.filter((other) => other.integration !== entry.integration && keyOf(other) === key);
}
