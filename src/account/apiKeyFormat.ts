import { INVISIBLE } from '../base/invisible.ts';

/** A character that cannot be part of an API key. */
export interface UnusableCharacter {
  /** Counted from 1. All characters before it are visible. */
  readonly position: number;
  /** Such as `U+200B`. */
  readonly code: string;
}

/** Typographic quotation marks, which word processors and chats make of plain ones, in various pairs. */
const TYPOGRAPHIC = String.raw`[\p{Pi}\p{Pf}\u201a\u201e\u300c-\u300f\u301d-\u301f\uff02\uff07]`;

/** The marks at the two ends of a text. */
const QUOTES = new RegExp(String.raw`^(?:(["'\x60])\1|${TYPOGRAPHIC}{2})$`, 'u');

const SCHEME = new RegExp(`^Bearer[${INVISIBLE}]?$`, 'iu');

const IS_INVISIBLE = new RegExp(`^[${INVISIBLE}]$`, 'u');

/**
 * Removes invisible characters, quotes and a leading `Bearer` from pasted text, in whatever order they occur. Linear in
 * the length of the text, however many there are.
 */
export function normalizeApiKey(input: string): string {
  // What is removed at the start only moves the start, as removing it from the array would take too long.
  const chars = Array.from(input);
  let start = 0;
  for (;;) {
    const [first, last] = [chars[start] ?? '', chars.at(-1) ?? ''];
    if (IS_INVISIBLE.test(first)) {
      start++;
    } else if (IS_INVISIBLE.test(last)) {
      chars.pop();
    } else if (start < chars.length - 1 && QUOTES.test(first + last)) {
      start++;
      chars.pop();
    } else if (SCHEME.test(chars.slice(start, start + 7).join(''))) {
      start += 6;
    } else {
      return chars.slice(start).join('');
    }
  }
}

/**
 * Finds the first character that keeps a text from being sent as a bearer token (RFC 6750: visible ASCII without
 * spaces).
 */
export function unusableCharacter(apiKey: string): UnusableCharacter | undefined {
  const index = apiKey.search(/[^\x21-\x7e]/u);
  const code = apiKey.codePointAt(index)?.toString(16).toUpperCase().padStart(4, '0');
  return code === undefined ? undefined : { position: index + 1, code: `U+${code}` };
}
