/**
 * The hosts that a runner has more than one integration for.
 *
 * @param hostKeys of all integrations of the runner; empty for one without a host
 */
export function duplicateHosts(hostKeys: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const key of hostKeys) {
    if (key !== '' && seen.has(key)) {
      duplicates.add(key);
    }
    seen.add(key);
  }
  return duplicates;
}
