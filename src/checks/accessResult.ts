import type { HostAccess } from '../api/hostAccess.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { signInKey } from '../inventory/signInIndex.ts';
import type { AccessResult, CheckState } from './checkState.ts';

/**
 * What is kept of an answer about access.
 *
 * @param entry as it was when the runner was asked
 * @param before what was known by then
 */
export function accessResult(
  { authenticated, pat }: HostAccess,
  { signIns }: IntegrationEntry,
  { lastAnswer }: CheckState<AccessResult>,
): AccessResult {
  return {
    signedIn: authenticated,
    wasSignedIn: lastAnswer !== undefined && (lastAnswer.result.signedIn || lastAnswer.result.wasSignedIn),
    ...(signIns && { onRecord: signIns.map(signInKey) }),
    methods: { ...(pat && { pat }) },
  };
}
