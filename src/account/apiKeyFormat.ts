import { INVISIBLE, trimInvisible } from '../base/invisible.ts';

/** A character that cannot be part of an API key. */
export interface UnusableCharacter {
  /** Counted from 1. All characters before it are visible. */
  readonly position: number;
  /** Such as `U+200B`. */
  readonly code: string;
}

/** Typographic quotation marks, which word processors and chats make of plain ones, in various pairs. */
const TYPOGRAPHIC = String.raw`[\p{Pi}\p{Pf}\u201a\u201e\u300c-\u300f\u301d-\u301f\uff02\uff07]`;

const QUOTED = new RegExp(String.raw`^(?:(["'\x60])(.*)\1|${TYPOGRAPHIC}(.*)${TYPOGRAPHIC})$`, 'su');

const SCHEME = new RegExp(`^Bearer(?:[${INVISIBLE}]+|$)`, 'iu');

/** Removes invisible characters, quotes and a leading `Bearer` from pasted text, in whatever order they occur. */
export function normalizeApiKey(input: string): string {
  const text = trimInvisible(input);
  const quoted = QUOTED.exec(text);
  const inner = (quoted?.[2] ?? quoted?.[3] ?? text).replace(SCHEME, '');
  return inner === text ? text : normalizeApiKey(inner);
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
