import type { IntegrationRef } from '../inventory/itemRef.ts';

/** The parts of an integration's identity that a link contains. */
export type LinkedIntegration = Pick<IntegrationRef, 'id' | 'runnerId'>;

/** The path and query of a link to an integration. */
export function integrationLinkPath({ id, runnerId }: LinkedIntegration): string {
  return `/integration/${encoded(id)}?runner=${encoded(runnerId)}`;
}

/**
 * Parses a link made by `integrationLinkPath`. Other parameters, which the editor or whatever passed the link on may
 * have added, are ignored.
 *
 * @param path decoded once, as in the editor's `Uri`
 * @param query decoded once as well
 * @returns undefined if it is not such a link
 */
export function parseIntegrationLink(path: string, query: string): LinkedIntegration | undefined {
  const id = /^\/integration\/(.*[^/])\/*$/s.exec(path)?.[1];
  const runnerId = query
    .split('&')
    .map((parameter) => /^(?:amp;)?runner=(.+)$/s.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  return id === undefined || runnerId === undefined
    ? undefined
    : { id: decoded(id), runnerId: decoded(runnerId) };
}

/**
 * Encoded twice, because the editor decodes a link once before it passes it on, and `&` or `/` in an ID would then
 * split it. For IDs of letters, digits, `.`, `_` and `-`, encoding changes nothing. Of the characters that a URI allows
 * unencoded, some end a link in Markdown or chat.
 */
function encoded(text: string): string {
  const once = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return encodeURIComponent(once);
}

/** Links made by earlier versions were encoded once: their text may not be decodable again. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
