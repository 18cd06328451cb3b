import { env, l10n, window } from 'vscode';
import { copiedLines } from '../formats/copiedLines.ts';
import { itemJson, jsonText } from '../formats/jsonText.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { nothingSafeText, replacedCharactersText } from '../words/copied.ts';
import { messagesOf } from '../words/messagesOf.ts';
import { plural } from '../words/numbersAndDates.ts';
import type { CommandContext } from './command.ts';

/** What the user reads after a copy. */
export interface CopyTexts {
  readonly one: string;
  readonly several: (count: number) => string;
  /** Shown if the only entry has no value at all. */
  readonly none: string;
  /** Shown if this many of several entries have no value. */
  readonly left: (count: number) => string;
}

type Groups = Pick<CommandContext, 'groups'>;

/**
 * Copies one line for each distinct value. Entries whose value is empty are left out.
 *
 * @returns as a command does
 */
export async function copyLines<T extends ItemEntry>(
  context: Groups,
  entries: readonly T[],
  valueOf: (entry: T) => string,
  texts: CopyTexts,
): Promise<string | boolean> {
  if (entries.length === 0) {
    return false;
  }
  const { lines, empty, isChanged } = copiedLines(entries.map(valueOf));
  if (lines.length === 0) {
    const none = isChanged ? nothingSafeText() : texts.none;
    void window.showInformationMessage(
      entries.length === 1 ? none : nothingCopied(texts.left(entries.length)),
    );
    return false;
  }
  await copy(lines.join('\n'), lines.length === 1 ? texts.one : texts.several(lines.length));
  if (empty > 0) {
    void window.showInformationMessage(texts.left(empty));
  }
  return isChanged ? offerExactValues(context, entries) : true;
}

/**
 * Tells that the clipboard does not have the exact values, and offers to copy those.
 *
 * @returns the message
 */
export function offerExactValues({ groups }: Groups, entries: readonly ItemEntry[]): string {
  const note = replacedCharactersText();
  const asJson = l10n.t('Copy as JSON');
  void window
    .showWarningMessage(note, asJson)
    .then((chosen) => (chosen === asJson ? copyAsJson(entries, groups.runners) : undefined));
  return note;
}

/**
 * Copies one item as an object, several as an array.
 *
 * @param runners those that the items are or belong to
 */
export async function copyAsJson(
  entries: readonly ItemEntry[],
  runners: readonly RunnerEntry[],
): Promise<void> {
  const [first] = entries;
  if (first === undefined) {
    return;
  }
  const n = entries.length;
  const messageOf = messagesOf(runners);
  await copy(
    jsonText(n === 1 ? itemJson(first, messageOf) : entries.map((entry) => itemJson(entry, messageOf))),
    n > 1
      ? plural(n, l10n.t('Copied {0} row as JSON', n), l10n.t('Copied {0} rows as JSON', n))
      : first.kind === 'runner'
        ? l10n.t('Copied the runner as JSON')
        : l10n.t('Copied the integration as JSON'),
  );
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
