/*
 * The host of an integration is free text that an administrator typed. Only this file interprets it: to compare two
 * hosts, and to open one.
 */

/** A host and the path on it below which its repositories are. */
export interface HostAddress {
  /** In lowercase, as in DNS: international names in Punycode, an IPv6 address in brackets. */
  readonly hostname: string;
  /** Undefined for the default port of https. */
  readonly port: number | undefined;
  /** Empty, or a path such as `/tfs`, without a trailing slash. */
  readonly path: string;
}

/** A name, an IPv4 address or an IPv6 address in brackets, and a port. Nothing that a URL would read differently. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[^\s/\\?#@:%[\]<>^|]+)(?::\d{1,5})?$/i;

/** Two or more colons: a single one precedes a port. */
const BARE_IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i;

const PATH = /^(?:\/[\w./~-]*)?$/;

/**
 * Parses a host such as `GitHub.com`, `gitlab.example:8443` or `dev.azure.com/acme`. A scheme typed by mistake, the
 * default port, a dot at the end of the name and trailing slashes make no difference.
 *
 * @param virtualDirectory appended to the path of the host
 * @returns undefined if the text is not a host, or the directory is not a path
 */
export function parseHost(host: string, virtualDirectory = ''): HostAddress | undefined {
  const text = host.trim().replace(/^https?:\/\//i, '');
  const slash = text.indexOf('/');
  const name = slash === -1 ? text : text.slice(0, slash);
  const authority = BARE_IPV6.test(name) ? `[${name}]` : name;
  const directory = virtualDirectory.trim().replace(/^(?=[^/])/, '/');
  const paths = [slash === -1 ? '' : text.slice(slash), directory].map((path) => path.replace(/\/+$/, ''));
  const url = `https://${authority}${paths.join('')}`;
  if (!AUTHORITY.test(authority) || !paths.every((path) => PATH.test(path)) || !URL.canParse(url)) {
    return undefined;
  }
  const { hostname, port, pathname } = new URL(url);
  return {
    hostname: hostname.replace(/\.$/, ''),
    port: port === '' ? undefined : Number(port),
    path: pathname.replace(/\/+$/, ''),
  };
}

/** A name that is its own key. There can be thousands, and parsing a URL is slow. */
const PLAIN_NAME = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]*$/;

/** A string that is equal for texts that name the same host. Text that is not a host is compared ignoring case. */
export function hostKey(host: string): string {
  if (PLAIN_NAME.test(host)) {
    return host;
  }
  const address = parseHost(host);
  return address === undefined ? host.trim().toLowerCase() : textOf(address);
}

/** The web address of a host, always https; undefined if the text is not a host, or the directory is not a path. */
export function hostUrl(host: string, virtualDirectory?: string): string | undefined {
  const address = parseHost(host, virtualDirectory);
  return address && new URL(`https://${textOf(address)}`).href;
}

function textOf({ hostname, port, path }: HostAddress): string {
  return `${hostname}${port === undefined ? '' : `:${port}`}${path}`;
}
