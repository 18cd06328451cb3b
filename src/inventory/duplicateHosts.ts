import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { addressText, parseHost } from './hosts.ts';

/** Equal for integrations with the same host and virtual directory, however both are written; empty without a host. */
export function addressKey(hostKey: string, { host, virtualDirectory = '' }: ScmIntegration): string {
  if (hostKey === '' || virtualDirectory === '') {
    return hostKey;
  }
  const address = parseHost(host, virtualDirectory);
  return address === undefined ? `${hostKey} ${virtualDirectory}` : addressText(address);
}

/**
 * The addresses that a runner has more than one integration for.
 *
 * @param addressKeys of all integrations of the runner; empty for one without a host
 */
export function duplicateHosts(addressKeys: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const key of addressKeys) {
    if (key !== '' && seen.has(key)) {
      duplicates.add(key);
    }
    seen.add(key);
  }
  return duplicates;
}
