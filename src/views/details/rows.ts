import * as l10n from '@vscode/l10n';
import { timeText } from '../../words/numbersAndDates.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';

/** A row of the panel. It gets a copy button where it has a value to copy and `copyLabel` names the button. */
export function row(
  key: string,
  label: string,
  values: readonly DetailsValue[],
  copyLabel?: string,
): DetailsRow {
  const hasValue = values.some(({ style, text }) => style !== 'none' && text !== '');
  return { key, label, values, copyLabel: hasValue ? copyLabel : undefined };
}

/** What the copy button of a row copies: the id among words that explain it, else all that is no explanation. */
export function copiedText({ values }: DetailsRow): string {
  const ids = values.filter(({ style }) => style === 'code');
  const copied = ids.length > 0 ? ids : values.filter(({ style }) => style !== 'none');
  return copied.map(({ text }) => text).join('\n');
}

/** A value longer than any honest one is cut, so that a hostile one cannot freeze the panel. */
const MAX_LENGTH = 20_000;

function value(text: string, style: DetailsValue['style']): DetailsValue {
  const wellFormed = text.toWellFormed();
  return { text: wellFormed.length > MAX_LENGTH ? `${wellFormed.slice(0, MAX_LENGTH)}…` : wellFormed, style };
}

export function plain(text: string): DetailsValue {
  return value(text, 'plain');
}

export function code(text: string): DetailsValue {
  return value(text, 'code');
}

/** What an empty field means. */
export function none(meaning: string): DetailsValue {
  return value(meaning, 'none');
}

/** What is on, and works. */
export function good(text: string): DetailsValue {
  return { ...value(text, 'good'), icon: 'check' };
}

export function warning(text: string): DetailsValue {
  return { ...value(text, 'warning'), icon: 'warning' };
}

export function link(text: string, href: string): DetailsValue {
  return { ...value(text, 'plain'), href };
}

/** Leads to the details of something else. */
export function opens(text: string, ref: ItemRef): DetailsValue {
  return { ...value(text, 'plain'), open: ref };
}

export function textOr(text: string, meaning = l10n.t('not told')): DetailsValue {
  return text === '' ? none(meaning) : plain(text);
}

export function codeOr(text: string, meaning = l10n.t('not told')): DetailsValue {
  return text === '' ? none(meaning) : code(text);
}

export function onOff(on: boolean): DetailsValue {
  return plain(on ? l10n.t('on') : l10n.t('off'));
}

/** RFC 3339 with up to nine decimals, shown in the person's time zone; what is no time stands as it came. */
export function dateValue(timestamp: string | undefined): DetailsValue {
  if (timestamp === undefined) {
    return none(l10n.t('not told'));
  }
  const time = new Date(timestamp);
  return plain(
    Number.isNaN(time.getTime()) ? timestamp : timeText(time, { dateStyle: 'medium', timeStyle: 'short' }),
  );
}
