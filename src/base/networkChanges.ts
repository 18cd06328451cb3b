import { networkInterfaces } from 'node:os';
import type { Disposable } from './event.ts';

/** Node.js has no event for it, and reading the interfaces takes a fraction of a millisecond. */
const POLL_MS = 2_000;

/** Calls back when this machine gets or loses a network address, e.g. from a VPN or after waking up. */
export function watchNetwork(onChange: () => void): Disposable {
  let before = addresses();
  const timer = setInterval(() => {
    const now = addresses() ?? before;
    const hasChanged = before !== undefined && now !== before;
    before = now;
    if (hasChanged) {
      onChange();
    }
  }, POLL_MS);
  return { dispose: () => clearInterval(timer) };
}

/** All addresses as one text; undefined if the system does not tell them, e.g. in Termux or without free file handles. */
function addresses(): string | undefined {
  try {
    const all = Object.entries(networkInterfaces()).flatMap(([name, list = []]) =>
      list.map(({ address }) => `${name} ${address}`),
    );
    return all.sort().join('\n');
  } catch {
    // Loads are tried again anyway, only not at once.
    return undefined;
  }
}
