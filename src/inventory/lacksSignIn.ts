import type { IntegrationEntry, RunnerRole } from './groups.ts';

/**
 * Whether no sign-in to the host is on record, although there could be one: not without a sign-in method, and not in the
 * shared configuration of local runners, which nobody signs in on. Of unknown runners nothing is said.
 *
 * @param role of its runner
 */
export function lacksSignIn({ integration, signIns }: IntegrationEntry, role: RunnerRole): boolean {
  const { oauth, pat } = integration;
  return signIns?.length === 0 && (oauth !== undefined || pat) && role !== 'local' && role !== 'unknown';
}
