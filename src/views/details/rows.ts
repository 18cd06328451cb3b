import * as l10n from '@vscode/l10n';
import { copiedLines } from '../../formats/copiedLines.ts';
import { cutValueText, replacedCharactersText } from '../../words/copied.ts';
import { asOfText, timeText } from '../../words/numbersAndDates.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import type { DetailsRow, DetailsSection, DetailsValue } from './protocol.ts';

/** A row of the panel. It has a copy button if there is a value to copy and `copyLabel` names the button. */
export function row(
  key: string,
  label: string,
  values: readonly DetailsValue[],
  copyLabel?: string,
): DetailsRow {
  const hasValue = values.some(({ style, text }) => style !== 'none' && text !== '');
  return { key, label, values, copyLabel: hasValue ? copyLabel : undefined };
}

/**
 * What the copy button of a row copies: its IDs if it has any, otherwise everything that is not an explanation. One line,
 * because a value may be pasted into a terminal.
 *
 * @returns also what the user has to know if that is not exactly the value
 */
export function copiedText({ values }: DetailsRow): { readonly text: string; readonly note?: string } {
  const ids = values.filter(({ style }) => style === 'code');
  const copied = ids.length > 0 ? ids : values.filter(({ style }) => style !== 'none');
  const { lines, isChanged } = copiedLines(copied.map(({ text }) => text));
  const isCut = copied.some(({ text }) => text.length > MAX_LENGTH);
  const note = isCut ? cutValueText() : isChanged && replacedCharactersText();
  return { text: lines.join(', '), ...(note !== false && { note }) };
}

/** The rows of a section, also those that are hidden until the user asks for them. */
export function allRows({ rows, advanced }: DetailsSection): readonly DetailsRow[] {
  return [...rows, ...(advanced?.rows ?? [])].flatMap((one) => [one, ...(one.more?.rows ?? [])]);
}

/** Nobody reads more rows of a list than this, and more would make the panel slow. */
export const MAX_LIST_ROWS = 100;

/** Says how many rows of a list are not shown; empty if all are. */
export function moreRows(name: string, count: number): readonly DetailsRow[] {
  const left = count - MAX_LIST_ROWS;
  return left <= 0 ? [] : [row(`${name}-more`, l10n.t('More'), [none(l10n.t('and {0} more', left))])];
}

/** In characters. Longer values are cut, so that a hostile one cannot freeze the panel. */
const MAX_LENGTH = 20_000;

function value(text: string, style: DetailsValue['style']): DetailsValue {
  return { text: text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text, style };
}

export function plain(text: string): DetailsValue {
  return value(text, 'plain');
}

export function code(text: string): DetailsValue {
  return value(text, 'code');
}

/** Explains an empty field. */
export function none(meaning: string): DetailsValue {
  return value(meaning, 'none');
}

export function warning(text: string): DetailsValue {
  return { ...value(text, 'warning'), icon: 'warning' };
}

/**
 * Marks the row of a field that could not be read, wholly or in part. It says nothing else, except for the entries of a
 * list that could be read.
 *
 * @param of the value with the field. The row's key begins with the field's name in kebab case, perhaps after `runner-`
 */
export function markUnread(
  one: DetailsRow,
  of: Readonly<Record<string, unknown>> & { readonly unread?: readonly string[] },
): DetailsRow {
  const keys = [one.key, one.key.replace(/^runner-/, '')];
  const field = of.unread?.find((name) => keys.some((key) => `${key}-`.startsWith(`${kebabCase(name)}-`)));
  if (field === undefined) {
    return one;
  }
  const entries = of[field];
  return Array.isArray(entries) && entries.length > 0
    ? { ...one, values: [...one.values, warning(l10n.t('the rest could not be read'))] }
    : row(one.key, one.label, [warning(l10n.t('could not be read'))]);
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function link(text: string, href: string): DetailsValue {
  return { ...value(text, 'plain'), href };
}

/** Opens the details of another item. */
export function opens(text: string, ref: ItemRef): DetailsValue {
  return { ...value(text, 'plain'), open: ref };
}

export function textOr(text: string, meaning = l10n.t('not reported')): DetailsValue {
  return text === '' ? none(meaning) : plain(text);
}

export function codeOr(text: string, meaning = l10n.t('not reported')): DetailsValue {
  return text === '' ? none(meaning) : code(text);
}

export function onOff(on: boolean): DetailsValue {
  return plain(on ? l10n.t('on') : l10n.t('off'));
}

/** @param timestamp RFC 3339 with up to nine decimals; shown in the local time zone, or as it is if it is not a time */
export function dateValue(timestamp: string | undefined): DetailsValue {
  if (timestamp === undefined) {
    return none(l10n.t('not reported'));
  }
  const time = new Date(timestamp);
  return plain(
    Number.isNaN(time.getTime()) ? timestamp : timeText(time, { dateStyle: 'medium', timeStyle: 'short' }),
  );
}

/** @param timestamp RFC 3339: the time of day, with the date if it is not today */
export function timeValue(timestamp: string | undefined): DetailsValue {
  const time = new Date(timestamp ?? NaN);
  return Number.isNaN(time.getTime()) ? dateValue(timestamp) : plain(asOfText(time));
}
