import { parseUrl } from '../base/parseUrl.ts';
import { trimInvisible } from '../base/invisible.ts';

/** The API that is used if no address is set. */
export const DEFAULT_API_URL = 'https://app.gitpod.io/api';

/** `app.ona.com` redirects its API here, and following a redirect to another origin loses the key. */
const API_HOST = 'app.gitpod.io';
export const DASHBOARD_HOST = 'app.ona.com';

/** Why a text is not a valid API address. */
export type ApiUrlProblem = 'notAnAddress' | 'scheme' | 'insecure' | 'credentials';

/**
 * A `URL` may have quotes, empty labels and other things in its host name that no real host has, or be longer than DNS
 * allows. `https` and `http` are what it makes of a scheme without its colon; no host has such a name.
 */
const HOST_NAME = /^(?!https?$|.{254})(?:_?[a-z\d]([\w-]*[a-z\d])?(\.\b|$))+$|^\[[\da-f:.]+\]$/;

/** Such as `htps//host` at the start, or `https:/host` or `https:\\host` after the scheme that the text was given. */
const MISTYPED_SCHEME = /^([\w+-]+[\\/]{2}|[^/]*\/\/[\w+-]+:[\\/])/;

export type ParsedApiUrl =
  { readonly ok: true; readonly apiUrl: string } | { readonly ok: false; readonly problem: ApiUrlProblem };

/**
 * Normalizes the address of an API: `https` if no scheme is given, `http` only on this machine, query and fragment
 * dropped, `/api` at the end, Ona's dashboard host replaced by its API host.
 *
 * @param input as typed or from the environment, possibly with invisible characters around it
 */
export function parseApiUrl(input: string): ParsedApiUrl {
  const text = trimInvisible(input);
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = text === '' ? undefined : parseUrl(withScheme);
  if (url === undefined) {
    return { ok: false, problem: 'notAnAddress' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, problem: 'scheme' };
  }
  // The dot at the end of a name makes no difference in DNS, but it would be another origin.
  url.hostname = url.hostname.replace(/\.$/, '');
  if ([text, withScheme].some((one) => MISTYPED_SCHEME.test(one)) || !HOST_NAME.test(url.hostname)) {
    return { ok: false, problem: 'notAnAddress' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'credentials' };
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    return { ok: false, problem: 'insecure' };
  }
  if (url.host === DASHBOARD_HOST) {
    url.host = API_HOST;
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { ok: true, apiUrl: `${url.origin}${path.endsWith('/api') ? path : `${path}/api`}` };
}

/** Whether an address is Ona's own service or this machine. The user confirms any other one from the environment. */
export function isTrustedAddress(apiUrl: string): boolean {
  return isThisMachine(new URL(apiUrl).hostname) || isOnaHost(apiUrl);
}

/** Whether an address is Ona's own service. */
export function isOnaHost(apiUrl: string): boolean {
  return apiOrigin(apiUrl) === `https://${API_HOST}`;
}

/**
 * Whether a key for `apiUrl` may follow a redirect: within the same origin, or between Ona's own two hosts, one of
 * which redirects its API to the other. Any other redirect could give the key to a stranger.
 */
export function isAllowedRedirect(apiUrl: string, target: URL): boolean {
  const isOnaOrigin = ({ origin }: URL) =>
    origin === `https://${API_HOST}` || origin === `https://${DASHBOARD_HOST}`;
  const from = new URL(apiUrl);
  return (
    // Comparing origins is not enough: a `blob:` URL has the origin of the URL inside it.
    (target.protocol === 'https:' || target.protocol === 'http:') &&
    target.username === '' &&
    target.password === '' &&
    (target.origin === from.origin || (isOnaOrigin(from) && isOnaOrigin(target)))
  );
}

/** The origin that keys are stored under, such as `https://app.gitpod.io`. */
export function apiOrigin(apiUrl: string): string {
  return new URL(apiUrl).origin;
}

/**
 * Whether a host name, as in a `URL`, is one of the three names of this machine that VS Code never sends through a
 * proxy, whatever settings and environment say (`useProxySettings` of its `@vscode/proxy-agent`). All other names and
 * addresses, even of 127.0.0.0/8, go to the proxy, and over http the proxy can read the key.
 */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
