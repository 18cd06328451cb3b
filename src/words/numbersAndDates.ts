import * as l10n from '@vscode/l10n';

/** The language of the extension's texts, as a BCP 47 tag: each translation names its own. */
export function language(): string {
  return l10n.t('en');
}

/**
 * Chooses the form of a text for a number in the language of the texts. Both forms contain the number, because `one`
 * covers different numbers in different languages.
 */
export function plural(count: number, one: string, other: string): string {
  return rulesOf(language()).select(count) === 'one' ? one : other;
}

/** Joins parts as in a sentence: `a, b, and c`. */
export function listText(parts: readonly string[]): string {
  return new Intl.ListFormat(language()).format(parts);
}

/** Formats a date and time in the language of the texts, with a 24-hour clock unless the options say otherwise. */
export function timeText(time: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), { hourCycle: 'h23', ...options }).format(time);
}

/** The time of day, with the date if it is not today. `NewDay` tells when such a text has to be drawn again. */
export function asOfText(date: Date, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const isExact = precision === 'seconds';
  if (!isSameDay(date, new Date())) {
    return timeText(date, { dateStyle: 'medium', timeStyle: isExact ? 'medium' : 'short' });
  }
  return timeText(date, isExact ? { timeStyle: 'medium' } : { hour: '2-digit', minute: '2-digit' });
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

const rules = new Map<string, Intl.PluralRules>();

function rulesOf(locale: string): Intl.PluralRules {
  let found = rules.get(locale);
  if (found === undefined) {
    rules.set(locale, (found = new Intl.PluralRules(locale)));
  }
  return found;
}
