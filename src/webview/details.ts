import { html, nothing, render, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DetailsAction, DetailsModel, DetailsState } from '../views/details/protocol.ts';
import type { DetailsPage } from './details/detailsPage.ts';
import { focusHeading, header } from './details/header.ts';
import { section } from './details/section.ts';
import { status } from './details/status.ts';
import { announce } from './lib/announce.ts';
import { Page } from './lib/page.ts';

/*
 * The script of the details page. Only what differs is changed, so focus, selection and scroll position stay. All text
 * becomes text nodes; none is ever parsed as HTML.
 */

const main = document.querySelector('main') ?? document.body;
/** The item that is shown, as JSON; undefined before the first model. */
let shown: string | undefined;
/** What screen readers have read. */
let notice: string | undefined;
let announcedStatus: string | undefined;
const page: DetailsPage = new Page(draw);

window.addEventListener('scroll', () => page.setView({ scrollY: window.scrollY }));

function draw(model: DetailsModel, state: DetailsState | undefined): void {
  main.classList.toggle('gone', model.gone);
  render(content(model), main);
  const ref = JSON.stringify(state?.ref ?? null);
  // The first status is not a change, and neither is that of another item.
  const isStatusChanged =
    ref === shown && announcedStatus !== undefined && model.status?.announcement !== announcedStatus;
  const changed = [
    model.notice === notice ? undefined : model.notice,
    isStatusChanged ? model.status?.announcement : undefined,
  ].filter((text) => text !== undefined);
  if (changed.length > 0) {
    announce(changed.join(' '));
  }
  notice = model.notice;
  announcedStatus = model.status?.announcement;
  scrollFor(ref);
}

function content(model: DetailsModel): TemplateResult {
  return html`
    ${header(model, page)}
    <p class="notice">${model.notice ?? nothing}</p>
    <div class="sections">
      ${model.status === undefined ? nothing : status(model.status, actionsIn(model, 'status'), page)}
      ${repeat(
        model.sections,
        ({ key }) => key,
        (one) => section(one, page),
      )}
    </div>
    ${footer(model)}
  `;
}

function actionsIn({ actions }: DetailsModel, where: DetailsAction['place']): readonly DetailsAction[] {
  return actions.filter(({ place }) => place === where);
}

/** When the values were read, and further actions, in one line of text. */
function footer(model: DetailsModel): TemplateResult {
  const { asOf } = model;
  return html`<footer>
    ${asOf === '' ? nothing : html`<span class="as-of">${asOf}</span>`}
    ${repeat(
      actionsIn(model, 'footer'),
      ({ id }) => id,
      ({ id, label }) =>
        html`<button class="link" @click=${() => page.send({ type: 'action', id })}>${label}</button>`,
    )}
  </footer>`;
}

/** Restores the scroll position of an earlier page; starts at the top if the panel shows another item. */
function scrollFor(ref: string): void {
  if (ref === shown) {
    return;
  }
  const isFirst = shown === undefined;
  shown = ref;
  window.scrollTo(0, isFirst ? (page.view.scrollY ?? 0) : 0);
  page.setView({ scrollY: window.scrollY });
  if (!isFirst && document.hasFocus()) {
    focusHeading();
  }
}
