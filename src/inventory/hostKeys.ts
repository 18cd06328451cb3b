import { hostKey } from './hosts.ts';

/** Computes each host's key only once, because most integrations share a few hosts. */
export function hostKeys(): (host: string) => string {
  const known = new Map<string, string>();
  return (host) => {
    const key = known.get(host) ?? hostKey(host);
    known.set(host, key);
    return key;
  };
}
