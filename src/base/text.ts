import { plainLine } from './plainLine.ts';

/**
 * Escapes text as one line of literal Markdown: all ASCII punctuation, which could be markup (emphasis, links, tables,
 * HTML, theme icons, bare addresses), becomes character references.
 *
 * @param maxLength in UTF-16 units of the text; longer lines are cut there and end in "…"
 */
export function escapeMarkdown(text: string, maxLength?: number): string {
  return plainLine(text, maxLength).replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text for places that render theme icons (`$(name)`), which untrusted text must not be able to add. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/**
 * One line for a notification or an input box. Both turn `[text](target)` into a link, even to a command.
 *
 * @param maxLength in UTF-16 units
 */
export function withoutLinks(text: string, maxLength?: number): string {
  return plainLine(text, maxLength).replaceAll('](', '] (');
}
