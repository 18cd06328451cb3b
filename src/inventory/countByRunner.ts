import type { LeftOutItem } from './model.ts';

/** How many items of each runner are left out; under undefined, how many whose runner is not known. */
export function countByRunner(leftOut: readonly LeftOutItem[]): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const { runnerId } of leftOut) {
    counts.set(runnerId, (counts.get(runnerId) ?? 0) + 1);
  }
  return counts;
}
