import { html, type TemplateResult } from 'lit-html';

/** A glyph of media/ona-scm-icons.css. Screen readers skip it, because it repeats the text beside it. */
export function icon(glyph: string): TemplateResult {
  return html`<span class="icon icon-${glyph}" aria-hidden="true"></span>`;
}
