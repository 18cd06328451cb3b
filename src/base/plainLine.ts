/** Rows and messages are one line; nobody reads more of it. */
const MAX_LENGTH = 200;

/** Control characters, and those that reorder the text around them ("Trojan Source"). */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]+/gu;

/**
 * Untrusted text as one printable line, cut where nobody would read on. What the API sends is typed by somebody,
 * perhaps by somebody hostile.
 */
export function plainLine(text: string, maxLength = MAX_LENGTH): string {
  const line = text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength).toWellFormed()}…` : line;
}
