/** In UTF-16 units. Rows and messages are single lines, and nobody reads further than this. */
const MAX_LENGTH = 200;

/** Control characters, and characters that reorder the text around them ("Trojan Source"). */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]+/gu;

/**
 * Untrusted text as one printable line. Text from the API was typed by someone, possibly someone hostile.
 *
 * @param maxLength in UTF-16 units; longer lines are cut there and end in "…"
 */
export function plainLine(text: string, maxLength = MAX_LENGTH): string {
  const line = printableLine(text).trim();
  return line.length > maxLength ? `${line.slice(0, maxLength).toWellFormed()}…` : line;
}

/** The whole text as one line, not trimmed: line breaks and everything unprintable become spaces. */
export function printableLine(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ');
}
