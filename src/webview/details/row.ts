import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ItemRef } from '../../inventory/itemRef.ts';
import type { DetailsRow, DetailsValue } from '../../views/details/protocol.ts';
import { icon } from '../lib/icon.ts';
import type { DetailsPage } from './detailsPage.ts';

/** A label, its values, buttons, hints and notes. */
function row(
  { key, label, open, values, lines, more, hints = [], notes = [], wayOut, copyLabel }: DetailsRow,
  page: DetailsPage,
): TemplateResult {
  return html`<div class="row" data-row=${key}>
    <dt>${open === undefined ? label : opener(open, label, page)}</dt>
    <dd>
      <span class="values ${lines === true ? 'lines' : ''}">${values.map((one) => value(one, page))}</span>
      ${wayOut === undefined ? nothing : wayOutButton(key, wayOut, page)}
      ${copyLabel === undefined ? nothing : copyButton(key, copyLabel, page)}
      ${more === undefined ? nothing : disclosure(more, label, page)}
      <div class="hints">${hints.map(hint)} ${notes.map(note)}</div>
    </dd>
  </div>`;
}

export function list(rows: readonly DetailsRow[], page: DetailsPage): TemplateResult {
  return html`<dl>${repeat(rows, rowKey, (one) => row(one, page))}</dl>`;
}

/** Rows that open different items are different elements, so that focus never moves silently to another item. */
function rowKey({ key, open }: DetailsRow): string {
  return open === undefined ? key : `${key} ${JSON.stringify(open)}`;
}

/** Rows about the values. They are not part of the page's state: whoever opened them has read them. */
function disclosure(
  { label, rows }: NonNullable<DetailsRow['more']>,
  about: string,
  page: DetailsPage,
): TemplateResult {
  return html`<details class="more">
    <summary aria-label="${label}: ${about}">${icon('chevron-right')}<span>${label}</span></summary>
    ${list(rows, page)}
  </details>`;
}

export function value(shown: DetailsValue, page: DetailsPage): TemplateResult {
  const glyph = shown.icon === undefined ? nothing : icon(shown.icon);
  return html`<span class="value ${shown.style}">${glyph}${content(shown, page)}</span>`;
}

function content({ text, style, href, open }: DetailsValue, page: DetailsPage): TemplateResult {
  if (href !== undefined) {
    return html`<a href=${href}>${text}</a>`;
  }
  if (open !== undefined) {
    return opener(open, text, page);
  }
  return style === 'code' ? html`<code>${text}</code>` : html`<span>${text}</span>`;
}

/** Opens the details of another item. */
function opener(ref: ItemRef, text: string, page: DetailsPage): TemplateResult {
  return html`<button class="link" @click=${() => page.send({ type: 'open', ref })}>${text}</button>`;
}

function wayOutButton(key: string, label: string, page: DetailsPage): TemplateResult {
  return html`<button class="link" @click=${() => page.send({ type: 'wayOut', key })}>${label}</button>`;
}

function copyButton(key: string, label: string, page: DetailsPage): TemplateResult {
  return html`<button
    class="copy"
    title=${label}
    aria-label=${label}
    @click=${() => page.send({ type: 'copy', key })}
  >
    ${icon(page.wasCopied(key) ? 'check' : 'copy')}
  </button>`;
}

function hint(text: string): TemplateResult {
  return html`<p class="hint">${icon('warning')}<span>${text}</span></p>`;
}

function note(text: string): TemplateResult {
  return html`<p class="note">${text}</p>`;
}
