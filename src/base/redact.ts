const REDACTED = '[redacted]';

/** Shorter texts are no keys, and replacing them everywhere would spoil honest data. */
const SHORTEST_KEY = 8;

/** Shapes of keys that are not ours but may stand in a text: Gitpod and Ona tokens, JSON web tokens, bearer headers. */
const KEY_SHAPES = /(?:gitpod|ona)_pat_[\w.~+/=-]+|\beyJ[\w-]{8,}(?:\.[\w-]+)*|\bBearer\s+[\w.~+/=-]+/gi;

/** The text without the given key, wherever it stands, in upper or lower case: a URL's host has lost the difference. */
export function redactKey(text: string, apiKey: string): string {
  return apiKey.length < SHORTEST_KEY || text.length < apiKey.length
    ? text
    : text.replace(new RegExp(apiKey.replace(/\W/g, '\\$&'), 'gi'), REDACTED);
}

/** The text without anything that has the shape of a key. */
export function redactSecrets(text: string): string {
  return text.replace(KEY_SHAPES, REDACTED);
}
