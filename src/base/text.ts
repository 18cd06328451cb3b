import { plainLine } from './plainLine.ts';

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

/** One line for a notification or an input box, both of which make links, even of commands, out of `[text](target)`. */
export function withoutLinks(text: string): string {
  return plainLine(text).replaceAll('](', '] (');
}
