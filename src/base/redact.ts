const REDACTED = '[redacted]';

/** Replacing anything shorter would garble texts that contain no secret. */
const SHORTEST_SECRET = 4;

/** Other keys that may appear in a text: Gitpod and Ona tokens, JSON web tokens, headers with a key or a password. */
const KEY_SHAPES =
  /(?:gitpod|ona)_pat_[\w.~+/=-]+|\beyJ[\w-]{8,}(?:\.[\w-]+)*|(?:\bBearer|Authorization(?! )\W{1,6}Basic(?! +auth))\s+[\w.~+/=-]+/gi;

/** The text without the given secrets, ignoring case: parsing a URL converts its host to lowercase. */
export function redactAll(text: string, secrets: readonly string[]): string {
  const present = secrets.filter(({ length }) => length >= SHORTEST_SECRET && length <= text.length);
  if (present.length === 0) {
    return text;
  }
  // Longest first, because a shorter secret may be part of a longer one.
  const patterns = present
    .toSorted((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/\W/g, '\\$&'));
  return text.replace(new RegExp(patterns.join('|'), 'gi'), REDACTED);
}

/** The text without anything that looks like a key. */
export function redactKeyShapes(text: string): string {
  return text.replace(KEY_SHAPES, REDACTED);
}
