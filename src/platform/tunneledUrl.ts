import type { Uri } from 'vscode';

/** An address as the editor understands it, decoded. */
export type UriParts = Pick<Uri, 'scheme' | 'authority' | 'path' | 'query' | 'fragment'>;

/**
 * The address at which a forwarded port is reached, with everything after the host as in the original.
 *
 * @param url the original, with a path
 * @param local the original as the editor understands it
 * @param external what the editor made of that: another host, and maybe a path in front
 * @returns undefined if the port is not forwarded, or the editor changed more than that
 */
export function tunneledUrl(url: string, local: UriParts, external: UriParts): string | undefined {
  const rest = /^https?:\/\/[^/?#]+(\/.*)$/is.exec(url)?.[1];
  const isSame = external.scheme === local.scheme && external.authority === local.authority;
  if (
    rest === undefined ||
    (isSame && external.path === local.path) ||
    !external.path.endsWith(local.path) ||
    external.query !== local.query ||
    external.fragment !== local.fragment
  ) {
    return undefined;
  }
  const front = external.path.slice(0, external.path.length - local.path.length);
  return `${external.scheme}://${external.authority}${encodeURI(front)}${rest}`;
}
