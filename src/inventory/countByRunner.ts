/** How many items belong to each runner; under undefined, how many whose runner is not known. */
export function countByRunner(
  items: readonly { readonly runnerId?: string }[],
): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const { runnerId } of items) {
    counts.set(runnerId, (counts.get(runnerId) ?? 0) + 1);
  }
  return counts;
}
