import { parseUrl } from '../base/parseUrl.ts';
import { gitAuthenticationsUrl } from '../account/dashboardUrls.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { hostKey } from '../inventory/hosts.ts';
import { askedHost } from './askedAbout.ts';

/** Where a runner says that a token is created. */
export type TokenPage =
  /** It does not say. */
  | { readonly kind: 'none' }
  /** Anything but an https address, which nobody opens. */
  | { readonly kind: 'refused'; readonly text: string }
  /**
   * An https address: on the dashboard, the host or its issuer, or an `other` one, to be shown in full before it is
   * opened. The name of its host is in Punycode, so that it cannot look like another one, and has no user name before
   * it, which looks like a host and was redacted anyway.
   */
  | { readonly kind: 'known' | 'other'; readonly url: string };

/**
 * Judges the address of a page that a runner has sent.
 *
 * @param createUrl as the runner sent it
 * @param apiUrl whose dashboard is known
 */
export function tokenPage(createUrl: string, entry: IntegrationEntry, apiUrl: string): TokenPage {
  const text = createUrl.trim();
  if (text === '') {
    return { kind: 'none' };
  }
  const url = parseUrl(text);
  if (url?.protocol !== 'https:') {
    return { kind: 'refused', text };
  }
  const known = [
    new URL(gitAuthenticationsUrl(apiUrl)).host,
    askedHost(entry),
    issuerHost(entry.integration.oauth?.issuerUrl),
  ].map((host) => host && hostKey(host));
  url.username = '';
  url.password = '';
  return { kind: known.includes(hostKey(url.host)) ? 'known' : 'other', url: url.href };
}

function issuerHost(issuerUrl = ''): string | undefined {
  return parseUrl(issuerUrl)?.host;
}
