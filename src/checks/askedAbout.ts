import { isUuid } from '../api/transport/limits.ts';
import { addressText, parseHost } from '../inventory/hosts.ts';
import { isLive } from '../inventory/statuses.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';

/** An integration, and the runner that has it. */
export interface CheckTarget {
  readonly entry: IntegrationEntry;
  readonly runner: RunnerEntry;
}

/** Whether a runner can be asked. A shared configuration and a runner that is not in the list cannot. */
export function canAsk(runner: RunnerEntry): boolean {
  return isLive(runner) && isUuid(runner.ref.runnerId);
}

/**
 * The host as runners are asked about it: without a path, e.g. `dev.azure.com` for `dev.azure.com/acme`.
 *
 * @returns undefined if it is not a host
 */
export function askedHost({ integration }: IntegrationEntry): string | undefined {
  const address = parseHost(integration.host);
  return address && addressText({ ...address, path: '' });
}

/** What an answer is about. It is void once the integration has other values. */
export function askedAbout({ integration }: Pick<IntegrationEntry, 'integration'>): string {
  const { host, oauth, pat, virtualDirectory = '' } = integration;
  const ofOAuth = oauth === undefined ? null : [oauth.clientId ?? '', oauth.issuerUrl ?? ''];
  return JSON.stringify([host, ofOAuth, pat, virtualDirectory]);
}
