import { domainToUnicode } from 'node:url';
import { parseUrl } from '../base/parseUrl.ts';
import { trimInvisible } from '../base/invisible.ts';

/*
 * The host of an integration is free text that an administrator typed. Only this file interprets it: to compare two
 * hosts, and to open one (`hostUrl.ts`).
 */

/** A host and the path on it below which its repositories are. */
export interface HostAddress {
  /** In lowercase, as in DNS: international names in Punycode, an IPv6 address in brackets. */
  readonly hostname: string;
  /** Undefined for the default port of https. */
  readonly port: number | undefined;
  /** Percent-encoded. Empty, or a path such as `/tfs`, without a trailing slash. */
  readonly path: string;
}

/** A name, an IPv4 address or an IPv6 address in brackets, and a port. Nothing that a URL would read differently. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[^\s/\\?#@:%[\]<>^|]+)(?::\d*)?$/i;

/** Two or more colons: a single one precedes a port. */
const BARE_IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i;

/** A URL may have quotes, asterisks or empty labels in its host name. No real host has. */
const HOSTNAME = /^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*|\[.*\])$/;

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** A host as typed, in parts that together are the text without invisible characters around it. */
export interface HostParts {
  /** Empty, or e.g. `https://`: typed by mistake. */
  readonly scheme: string;
  /** The name or IP address, and the port if there is one; it may be empty, as in `github.com:`. */
  readonly name: string;
  /** Empty, or the path from its slash. */
  readonly path: string;
}

export function hostParts(host: string): HostParts {
  const [, scheme = '', name = '', path = ''] =
    /^(https?:\/\/)?([^/]*)(.*)$/is.exec(trimInvisible(host)) ?? [];
  return { scheme, name, path };
}

/**
 * Parses a host such as `GitHub.com`, `gitlab.example:8443` or `dev.azure.com/acme`. Invisible characters around it, a
 * scheme typed by mistake, the default port, a dot at the end of the name and extra slashes make no difference.
 *
 * @param virtualDirectory appended to the path of the host
 * @returns undefined if the text is not a host, or the directory is not a path
 */
export function parseHost(host: string, virtualDirectory = ''): HostAddress | undefined {
  const { scheme, name, path: ownPath } = hostParts(host);
  const authority = BARE_IPV6.test(name) ? `[${name}]` : name;
  const path = encodedPath(`${ownPath}/${trimInvisible(virtualDirectory)}`);
  // Not an empty port, but another scheme.
  const isOtherScheme = name.endsWith(':') && ownPath.startsWith('//');
  const parsed = isOtherScheme || !AUTHORITY.test(authority) ? undefined : parseUrl(`https://${authority}`);
  if (path === undefined || parsed === undefined) {
    return undefined;
  }
  const hostname = parsed.hostname.replace(/\.$/, '');
  // A URL reads `1.1` as 1.0.0.1, and `010.0.0.1` as 8.0.0.1.
  const isMisread = IPV4.test(hostname) && name.replace(/\.?(?::\d*)?$/, '') !== hostname;
  const isDefaultPort = parsed.port === '' || (parsed.port === '80' && /^http:/i.test(scheme));
  return isMisread || !HOSTNAME.test(hostname)
    ? undefined
    : { hostname, port: isDefaultPort ? undefined : Number(parsed.port), path };
}

/** What a server may read as a slash. */
const SEPARATOR = /[/\\]|%2f|%5c/i;

/**
 * Encodes a path as text: a `?` or `#` in it does not end it, and what is encoded already stays so. Extra slashes are
 * dropped, and an accent that is a character of its own makes no difference.
 *
 * @returns undefined if the path leads out of a directory
 */
function encodedPath(path: string): string | undefined {
  // URLs read `%2e` as a dot.
  if (path.split(SEPARATOR).some((segment) => /^(?:\.|%2e){2}$/i.test(segment))) {
    return undefined;
  }
  const segments = path.split('/').filter((segment) => !/^(?:\.|%2e)?$/i.test(segment));
  return segments.map((segment) => `/${encodedSegment(segment)}`).join('');
}

function encodedSegment(segment: string): string {
  return segment
    .toWellFormed()
    .normalize()
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/%../g, (code) => code.toUpperCase())
    .replace(/[^\w%.~!$&'()*+,;=:@-]+/g, encodeURIComponent);
}

/** A name that is its own key. There can be thousands, and parsing a URL is slow. */
const PLAIN_NAME = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]*$/;

/**
 * The one rule for whether two texts name the same host: their keys are equal. Case, a scheme, the default port, a dot
 * at the end of the name, extra slashes, and Unicode or Punycode make no difference; another port and a path do. Text
 * that is not a host is compared ignoring case.
 *
 * @returns the host as in DNS, e.g. `gitlab.example`, `git.xn--mller-kva.example:8443` or `dev.azure.com/acme`
 */
export function hostKey(host: string): string {
  if (PLAIN_NAME.test(host)) {
    return host;
  }
  const address = parseHost(host);
  return address === undefined ? trimInvisible(host).toLowerCase() : addressText(address);
}

/** A `hostKey` with its name as people read and type it. */
export function unicodeHostKey(key: string): string {
  return key.includes('xn--') ? key.replace(/^[^:/]+/, (name) => domainToUnicode(name) || name) : key;
}

/** The address as text, without a scheme. */
export function addressText({ hostname, port, path }: HostAddress): string {
  return `${hostname}${port === undefined ? '' : `:${port}`}${path}`;
}
