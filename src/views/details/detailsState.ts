import { redactCredentials } from '../../base/credentials.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import type { DetailsState } from './protocol.ts';

/**
 * Decodes what a page stored in an earlier window, possibly in an earlier version. The page itself restores its scroll
 * position and what was open. Hosts are redacted, because an earlier version may have stored credentials.
 *
 * @returns undefined if it does not name an item
 */
export function decodeDetailsState(stored: unknown): DetailsState | undefined {
  const { ref: storedRef, pinned, kept } = fieldsOf(stored);
  const ref = decodeRef(storedRef);
  // An earlier build called it `kept`.
  return ref && { ref, pinned: (pinned ?? kept) === true };
}

function decodeRef(stored: unknown): ItemRef | undefined {
  const { kind, runnerId, id, scmId, host } = fieldsOf(stored);
  if (typeof runnerId !== 'string') {
    return undefined;
  }
  if (kind === 'runner') {
    return { kind, runnerId };
  }
  return kind === 'integration' &&
    typeof id === 'string' &&
    typeof scmId === 'string' &&
    typeof host === 'string'
    ? { kind, runnerId, id, scmId, host: redactCredentials(host, 'address') }
    : undefined;
}

function fieldsOf(stored: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof stored === 'object' && stored !== null ? { ...stored } : {};
}
