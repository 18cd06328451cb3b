import type { IntegrationEntry, RunnerRole } from './groups.ts';

/**
 * Whether there could be a sign-in to the host, but none is on record. There can be none without a sign-in method, nor in
 * the shared configuration of local runners. False for unknown runners, of which nothing is known.
 *
 * @param role of its runner
 */
export function lacksSignIn({ integration, signIns }: IntegrationEntry, role: RunnerRole): boolean {
  const { oauth, pat } = integration;
  return signIns?.length === 0 && (oauth !== undefined || pat) && role !== 'local' && role !== 'unknown';
}
