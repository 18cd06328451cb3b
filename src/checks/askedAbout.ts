import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { integrationRef, refKey } from '../inventory/itemRef.ts';
import { addressText, parseHost } from '../inventory/hosts.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';

/** An integration, and the runner that has it. */
export interface CheckTarget {
  readonly entry: IntegrationEntry;
  readonly runner: RunnerEntry;
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

/** All statuses are derived again after an answer, and an integration stays the same object as long as it does not change. */
const ABOUT = new WeakMap<ScmIntegration, string>();
const KEYS = new WeakMap<ScmIntegration, string>();

/** What an answer is about. It is void once the integration has other values. */
export function askedAbout({ integration }: Pick<IntegrationEntry, 'integration'>): string {
  return known(ABOUT, integration, ({ host, oauth, pat, virtualDirectory = '' }) => {
    const ofOAuth = oauth === undefined ? null : [oauth.clientId ?? '', oauth.issuerUrl ?? ''];
    return JSON.stringify([host, ofOAuth, pat, virtualDirectory]);
  });
}

/** The `refKey` of an integration. */
export function keyOf({ integration }: Pick<IntegrationEntry, 'integration'>): string {
  return known(KEYS, integration, (one) => refKey(integrationRef(one)));
}

function known(
  texts: WeakMap<ScmIntegration, string>,
  integration: ScmIntegration,
  make: (integration: ScmIntegration) => string,
): string {
  let text = texts.get(integration);
  if (text === undefined) {
    text = make(integration);
    texts.set(integration, text);
  }
  return text;
}
