import type { DetailsRow, DetailsTarget, DetailsValue } from './messages.ts';

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

export function link(text: string, href: string): DetailsValue {
  return { ...value(text, 'plain'), href };
}

/** Leads to the details of something else. */
export function opens(text: string, target: DetailsTarget): DetailsValue {
  return { ...value(text, 'plain'), open: target };
}
