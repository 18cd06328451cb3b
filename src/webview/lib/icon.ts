import { html, type TemplateResult } from 'lit-html';

/** A glyph of media/ona-scm-icons.css. Screen readers skip it: it repeats what the text beside it says. */
export function icon(glyph: string): TemplateResult {
  return html`<span class="icon icon-${glyph}" aria-hidden="true"></span>`;
}
