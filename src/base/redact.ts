const REDACTED = '[redacted]';

/** Replacing anything shorter would spoil texts that hold no secret. */
const SHORTEST_SECRET = 4;

/** Shapes of keys that are not ours but may be in a text: Gitpod and Ona tokens, JSON web tokens, bearer headers. */
const KEY_SHAPES = /(?:gitpod|ona)_pat_[\w.~+/=-]+|\beyJ[\w-]{8,}(?:\.[\w-]+)*|\bBearer\s+[\w.~+/=-]+/gi;

/** The text without the given secrets, in upper or lower case: the host of a URL has lost the difference. */
export function redactAll(text: string, secrets: readonly string[]): string {
  const present = secrets.filter(({ length }) => length >= SHORTEST_SECRET && length <= text.length);
  if (present.length === 0) {
    return text;
  }
  // The longest first: a shorter one may be part of it.
  const patterns = present
    .toSorted((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/\W/g, '\\$&'));
  return text.replace(new RegExp(patterns.join('|'), 'gi'), REDACTED);
}

/** The text without anything that has the shape of a key. */
export function redactKeyShapes(text: string): string {
  return text.replace(KEY_SHAPES, REDACTED);
}
