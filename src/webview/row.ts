import type { ItemRef } from '../inventory/itemRef.ts';
import type { DetailsRow, DetailsValue, DetailsMessage } from '../views/details/protocol.ts';
import { element, keyed, setText } from './dom.ts';

export type Send = (message: DetailsMessage) => void;

/** A label, its values, a button that copies them, and what looks wrong about them. */
export function createRow({ key, open }: DetailsRow, send: Send): HTMLElement {
  const row = element('div', 'row');
  const term = element('dt');
  if (open !== undefined) {
    term.append(opener(open, send));
  }
  const description = element('dd');
  const copy = element('button', 'copy');
  copy.append(element('span', 'icon icon-copy'));
  copy.addEventListener('click', () => send({ type: 'copy', key }));
  description.append(element('span', 'values'), copy, element('div', 'hints'));
  row.append(term, description);
  row.dataset['row'] = key;
  return row;
}

export function showRow(
  row: HTMLElement,
  { label, values, hints = [], copyLabel }: DetailsRow,
  send: Send,
): void {
  const [term, description] = row.children as unknown as HTMLElement[];
  const [list, copy, notes] = (description?.children ?? []) as unknown as HTMLElement[];
  if (term && list && copy && notes) {
    setText(term.firstElementChild ?? term, label);
    keyed(list, values, valueKey, (value) => createValue(value, send), showValue);
    copy.hidden = copyLabel === undefined;
    copy.title = copyLabel ?? '';
    copy.setAttribute('aria-label', copyLabel ?? '');
    keyed(
      notes,
      hints,
      (_, i) => `${i}`,
      createHint,
      (node, hint) => setText(node.lastElementChild ?? node, hint),
    );
  }
}

/** A value's element depends on what it is: with another kind it is another element. */
export function valueKey({ style, href, open, icon }: DetailsValue, i: number): string {
  return `${i} ${style} ${href ?? ''} ${JSON.stringify(open)} ${icon ?? ''}`;
}

export function createValue({ style, icon, href, open }: DetailsValue, send: Send): HTMLElement {
  const value = element('span', `value ${style}`);
  if (icon !== undefined) {
    value.append(element('span', `icon icon-${icon}`));
  }
  if (href !== undefined) {
    const link = element('a');
    link.setAttribute('href', href);
    value.append(link);
  } else if (open !== undefined) {
    value.append(opener(open, send));
  } else {
    value.append(element(style === 'code' ? 'code' : 'span'));
  }
  return value;
}

export function showValue(value: HTMLElement, { text }: DetailsValue): void {
  setText(value.lastElementChild ?? value, text);
}

/** Leads to the details of something else. */
function opener(ref: ItemRef, send: Send): HTMLElement {
  const button = element('button', 'link');
  button.addEventListener('click', () => send({ type: 'open', ref }));
  return button;
}

function createHint(): HTMLElement {
  const hint = element('p', 'hint');
  hint.append(element('span', 'icon icon-warning'), element('span'));
  return hint;
}
