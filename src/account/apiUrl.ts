/** The API that is asked where nothing else is set. */
export const DEFAULT_API_URL = 'https://app.gitpod.io/api';

/** `app.ona.com` redirects its API there, and a redirect followed across origins loses the key. */
const API_HOST = 'app.gitpod.io';
const DASHBOARD_HOST = 'app.ona.com';

/** Why a text is no API address. */
export type ApiUrlProblem = 'notAnAddress' | 'scheme' | 'insecure' | 'credentials';

export type ParsedApiUrl =
  { readonly ok: true; readonly apiUrl: string } | { readonly ok: false; readonly problem: ApiUrlProblem };

/**
 * The normalised address of an API: `https` where no scheme is given, `http` only on loopback, query and fragment
 * dropped, `/api` at the end, Ona's dashboard host replaced by its API host.
 *
 * @param input what a person or the environment wrote, white space around it allowed
 */
export function parseApiUrl(input: string): ParsedApiUrl {
  const text = input.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(withScheme)) {
    return { ok: false, problem: 'notAnAddress' };
  }
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, problem: 'scheme' };
  }
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname)) {
    // Quotes and other signs that a URL tolerates in a host name, and no host has.
    return { ok: false, problem: 'notAnAddress' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'credentials' };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { ok: false, problem: 'insecure' };
  }
  if (url.host === DASHBOARD_HOST) {
    url.host = API_HOST;
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { ok: true, apiUrl: `${url.origin}${path.endsWith('/api') ? path : `${path}/api`}` };
}

/** Ona's own hosts and this machine: an address from the environment that leads elsewhere is confirmed first. */
export function isTrustedAddress(apiUrl: string): boolean {
  return isLoopback(new URL(apiUrl).hostname) || isOnaHost(apiUrl);
}

/** Whether an address is Ona's own service. */
export function isOnaHost(apiUrl: string): boolean {
  return apiOrigin(apiUrl) === `https://${API_HOST}`;
}

/**
 * Whether a key for `apiUrl` may follow a redirect: within the address that was set, or between Ona's own two hosts,
 * one of which redirects its API to the other. Anywhere else it would hand the key to a stranger.
 */
export function isAllowedRedirect(apiUrl: string, target: URL): boolean {
  const isOnaOrigin = ({ origin }: URL) =>
    origin === `https://${API_HOST}` || origin === `https://${DASHBOARD_HOST}`;
  const from = new URL(apiUrl);
  return (
    // Whoever asks: a `blob:` address has the origin of the address within it.
    (target.protocol === 'https:' || target.protocol === 'http:') &&
    target.username === '' &&
    target.password === '' &&
    (target.origin === from.origin || (isOnaOrigin(from) && isOnaOrigin(target)))
  );
}

/** The origin that keys are stored under, e.g. `https://app.gitpod.io`. */
export function apiOrigin(apiUrl: string): string {
  return new URL(apiUrl).origin;
}

/** Where a person makes a key for this API. */
export function createKeyUrl(apiUrl: string): string {
  return `${dashboardOrigin(apiUrl)}/settings/personal-access-tokens`;
}

/** Where an administrator sees the runners of this API; no address of a single one is documented. */
export function runnerSettingsUrl(apiUrl: string): string {
  return `${dashboardOrigin(apiUrl)}/settings/runners`;
}

function dashboardOrigin(apiUrl: string): string {
  return isOnaHost(apiUrl) ? `https://${DASHBOARD_HOST}` : apiOrigin(apiUrl);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
