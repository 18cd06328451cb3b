import { CACHE_STEP, CACHE_VERSION, type CacheKey } from './cacheFormat.ts';
import type { CompleteData } from './model.ts';

/**
 * Serializes rows, in steps.
 *
 * @param maxLength of all rows together, in UTF-16 units
 * @returns undefined if the rows would be longer
 */
export function* cacheWriteSteps(
  { origin, organizationId }: CacheKey,
  { data: { runners, integrations, leftOut }, asOf, sequence }: CompleteData,
  maxLength: number,
): Generator<void, string | undefined, undefined> {
  const head = { sequence, runners: runners.length, integrations: integrations.length, leftOut };
  const lines = [JSON.stringify({ version: CACHE_VERSION, origin, organizationId, asOf, ...head })];
  let length = leftOut === undefined ? 0 : (lines[0]?.length ?? 0);
  for (const list of [runners, integrations]) {
    for (const row of list) {
      const line = JSON.stringify(row);
      length += line.length + 1;
      if (length > maxLength) {
        return undefined;
      }
      if (lines.push(line) % CACHE_STEP === 0) {
        yield;
      }
    }
  }
  return lines.join('\n');
}
