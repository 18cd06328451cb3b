import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DetailsAction, DetailsModel, DetailsValue } from '../../views/details/protocol.ts';
import { icon } from '../lib/icon.ts';
import type { DetailsPage } from './detailsPage.ts';
import { value } from './row.ts';

export function header(model: DetailsModel, page: DetailsPage): TemplateResult {
  const { title, subtitle, state } = model;
  const parts: DetailsValue[] = [{ text: subtitle, style: 'plain' }, ...(state === undefined ? [] : [state])];
  const actions = model.actions.filter(({ place }) => place === 'header');
  return html`<header>
    ${icon(model.icon)}
    <div class="words">
      <h1>${title}</h1>
      <p class="subtitle">${parts.map((part) => value(part, page))}</p>
    </div>
    <div class="actions">
      ${repeat(
        actions,
        ({ id }) => id,
        (one) => action(one, page),
      )}
    </div>
  </header>`;
}

function action({ id, label, icon: glyph }: DetailsAction, page: DetailsPage): TemplateResult {
  const act = ({ currentTarget }: Event) => {
    if (id === 'onaScm.keepDetails' && currentTarget instanceof HTMLElement) {
      moveFocusFrom(currentTarget);
    }
    page.send({ type: 'action', id });
  };
  return html`<button class="action" @click=${act}>
    ${glyph === undefined ? nothing : icon(page.wasCopied(id) ? 'check' : glyph)}<span>${label}</span>
  </button>`;
}

/** The button disappears once the panel is pinned. The focus must not disappear with it. */
function moveFocusFrom(button: HTMLElement): void {
  const beside = button.nextElementSibling ?? button.previousElementSibling;
  if (beside instanceof HTMLElement) {
    beside.focus();
  } else {
    focusHeading();
  }
}

/** Lets the keyboard continue from the top of the page. */
export function focusHeading(): void {
  const heading = document.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}
