import { domainToUnicode } from 'node:url';
import { isAscii } from '../base/foldText.ts';
import { trimInvisible } from '../base/invisible.ts';
import { hostParts, parseHost } from './hosts.ts';

/** What is unusual in how a host is written. It makes no difference to us, but to tools that compare texts. */
export type HostOddity = 'spaces' | 'scheme' | 'port' | 'dot' | 'slash' | 'characters';

export interface UnusualSpelling {
  /** At least one. */
  readonly oddities: readonly HostOddity[];
  /** The same host as it is usually written. */
  readonly usual: string;
}

/**
 * Finds what is unusual in how a host is written. Uppercase and Unicode names are not: many people write them.
 *
 * @returns undefined if nothing is, or the text is not a host
 */
export function unusualSpelling(host: string): UnusualSpelling | undefined {
  const address = parseHost(host);
  if (address === undefined) {
    return undefined;
  }
  const { scheme, name, path } = hostParts(host);
  const { hostname, port } = address;
  const isIpv6 = hostname.startsWith('[');
  const [, bare = '', dot = '', portText = ''] = /^(.*?)(\.?)(:\d*)?$/s.exec(name) ?? [];
  const usualName = isAscii(bare) ? hostname : domainToUnicode(hostname);
  const usualPath = path.replace(/\/+(?=\/|$)/g, '');
  const oddities: readonly (readonly [HostOddity, boolean])[] = [
    ['spaces', /^\s|\s$/.test(host)],
    ['scheme', scheme !== ''],
    ['port', port === undefined && portText !== '' && (!isIpv6 || name.includes(']'))],
    ['dot', dot !== '' && !isIpv6],
    ['slash', usualPath !== path],
    ['characters', host.trim() !== trimInvisible(host) || (!isIpv6 && bare.toLowerCase() !== usualName)],
  ];
  const found = oddities.filter(([, isFound]) => isFound).map(([oddity]) => oddity);
  return found.length === 0
    ? undefined
    : { oddities: found, usual: `${usualName}${port === undefined ? '' : `:${port}`}${usualPath}` };
}
