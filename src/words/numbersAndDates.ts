import * as l10n from '@vscode/l10n';

/** The language of our texts, as a BCP 47 tag: each translation names its own. */
export function language(): string {
  return l10n.t('en');
}

/**
 * The form of a text that a number takes in the language of the texts. Both carry the number itself: languages differ in
 * which numbers count as one.
 */
export function plural(count: number, one: string, other: string): string {
  return rulesOf(language()).select(count) === 'one' ? one : other;
}

/** The time of day and, where asked for, the date, as the language of the texts writes them. */
export function timeText(time: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), { hourCycle: 'h23', ...options }).format(time);
}

const rules = new Map<string, Intl.PluralRules>();

function rulesOf(locale: string): Intl.PluralRules {
  let found = rules.get(locale);
  if (found === undefined) {
    rules.set(locale, (found = new Intl.PluralRules(locale)));
  }
  return found;
}
