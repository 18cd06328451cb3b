import { plainLine } from './plainLine.ts';

/**
 * Escapes text as one line of literal Markdown: all ASCII punctuation, which could be markup (emphasis, links, tables,
 * HTML, theme icons, bare addresses), becomes character references.
 */
export function escapeMarkdown(text: string): string {
  return plainLine(text).replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text for places that render theme icons (`$(name)`), which untrusted text must not be able to add. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** One line for a notification or an input box. Both turn `[text](target)` into a link, even to a command. */
export function withoutLinks(text: string): string {
  return plainLine(text).replaceAll('](', '] (');
}
