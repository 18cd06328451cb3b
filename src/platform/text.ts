/*
 * Untrusted text on its way to a person. What the API sends is typed by somebody, perhaps by somebody hostile.
 */

/** Rows and messages are one line; nobody reads more of it. */
const MAX_LENGTH = 200;

/** Control characters, and those that reorder the text around them ("Trojan Source"). */
// eslint-disable-next-line no-control-regex -- control characters are what it removes
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** One printable line, cut where nobody would read on. */
export function plainLine(text: string, maxLength = MAX_LENGTH): string {
  const line = text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength).toWellFormed()}…` : line;
}

/**
 * A line as literal Markdown: every ASCII sign that could mean something (emphasis, links, tables, HTML, theme icons,
 * bare addresses) as a character reference.
 */
export function escapeMarkdown(text: string): string {
  return plainLine(text).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A text for places that render theme icons (`$(name)`): untrusted text must not draw any. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
