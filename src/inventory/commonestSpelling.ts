import { compareText } from '../base/compareText.ts';
import { hostKey } from './hosts.ts';

/**
 * The spelling that names a group of integrations with the same host: the commonest one. Of several that are equally
 * common, it is the one that DNS uses, or else the shortest. The order of the hosts does not matter.
 */
export function commonestSpelling(hosts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const host of hosts) {
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  const isKey = (host: string) => Number(host === hostKey(host));
  const [first] = [...counts].sort(
    ([a, countOfA], [b, countOfB]) =>
      countOfB - countOfA || isKey(b) - isKey(a) || a.length - b.length || compareText(a, b),
  );
  return first?.[0] ?? '';
}
