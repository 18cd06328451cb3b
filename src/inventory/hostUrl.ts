import { isAscii } from '../base/foldText.ts';
import { addressText, hostParts, parseHost } from './hosts.ts';

/*
 * Loaded on demand, unlike `hosts.ts`.
 */

/**
 * The name as in DNS, and the port, if the name has other characters: it reveals a name that only looks like another.
 *
 * @returns undefined if the name is ASCII, or the text is not a host
 */
export function asciiHost(host: string): string | undefined {
  const address = isAscii(hostParts(host).name) ? undefined : parseHost(host);
  return address && addressText({ ...address, path: '' });
}

/** The web address of a host, always https; undefined if the text is not a host, or the directory is not a path. */
export function hostUrl(host: string, virtualDirectory?: string): string | undefined {
  const address = parseHost(host, virtualDirectory);
  return address && new URL(`https://${addressText(address)}`).href;
}
