import { env, l10n, window } from 'vscode';
import { plural } from '../words/numbersAndDates.ts';

/** What the user reads after a copy. */
export interface CopyTexts {
  readonly one: string;
  readonly several: (count: number) => string;
  /** Shown if the only entry has no value. */
  readonly none: string;
  /** Shown if this many of several entries have no value. */
  readonly left: (count: number) => string;
}

/** Copies one line for each distinct value. Entries whose value is empty are left out. */
export async function copyLines<T>(
  entries: readonly T[],
  valueOf: (entry: T) => string,
  texts: CopyTexts,
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const values = entries.map(valueOf).filter((value) => value !== '');
  const lines = [...new Set(values)];
  if (lines.length === 0) {
    void window.showInformationMessage(
      entries.length === 1 ? texts.none : nothingCopied(texts.left(entries.length)),
    );
    return;
  }
  await copy(lines.join('\n'), lines.length === 1 ? texts.one : texts.several(lines.length));
  if (values.length < entries.length) {
    void window.showInformationMessage(texts.left(entries.length - values.length));
  }
}

/** Confirms in the status bar, where it does not interrupt. */
export async function copy(text: string, confirmation: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(copy) ${confirmation}`, 3000);
}

export function noId(): string {
  return l10n.t('This integration has no ID, so nothing was copied.');
}

export function withoutId(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration was left out: it has no ID.', count),
    l10n.t('{0} integrations were left out: they have no ID.', count),
  );
}

/** @param leftOut why, as a sentence about several entries */
export function nothingCopied(leftOut: string): string {
  return l10n.t('Nothing was copied. {0}', leftOut);
}
