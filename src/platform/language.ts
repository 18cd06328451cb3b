import { env } from 'vscode';

const plurals = new Intl.PluralRules(env.language);

/**
 * The form of a text that a number takes in the editor's language. Both carry the number itself: languages differ in
 * which numbers count as one.
 */
export function plural(count: number, one: string, other: string): string {
  return plurals.select(count) === 'one' ? one : other;
}

/** The time of day and, where asked for, the date, as the editor's language writes them. */
export function timeText(time: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(env.language, { hourCycle: 'h23', ...options }).format(time);
}
