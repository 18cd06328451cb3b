import { html, nothing, type TemplateResult } from 'lit-html';
import type { DetailsSection } from '../../views/details/protocol.ts';
import { icon } from '../lib/icon.ts';
import type { DetailsPage } from './detailsPage.ts';
import { list } from './row.ts';

export function section(
  { key, heading, caption, rows, advanced }: DetailsSection,
  page: DetailsPage,
): TemplateResult {
  return html`<section aria-labelledby="heading-${key}">
    <h2 id="heading-${key}">${heading}</h2>
    ${caption === undefined ? nothing : html`<p class="caption">${caption}</p>`} ${list(rows, page)}
    ${advanced === undefined ? nothing : disclosure(advanced, page)}
  </section>`;
}

/** The advanced rows. They stay open or closed when the panel shows another item. */
function disclosure(
  { label, rows }: NonNullable<DetailsSection['advanced']>,
  page: DetailsPage,
): TemplateResult {
  const follow = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLDetailsElement) {
      page.setView({ advancedOpen: currentTarget.open });
    }
  };
  return html`<details ?open=${page.view.advancedOpen === true} @toggle=${follow}>
    <summary>${icon('chevron-right')}<span>${label}</span></summary>
    ${list(rows, page)}
  </details>`;
}
