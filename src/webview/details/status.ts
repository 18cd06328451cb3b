import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type {
  DetailsAction,
  DetailsReason,
  DetailsStatus,
  DetailsStatusPart,
} from '../../views/details/protocol.ts';
import type { DetailsPage } from './detailsPage.ts';
import { list, value } from './row.ts';

/** The section that says whether the item works, as far as is known. */
export function status(
  { heading, own, runner, rows, cannotAsk }: DetailsStatus,
  actions: readonly DetailsAction[],
  page: DetailsPage,
): TemplateResult {
  return html`<section class="status" aria-labelledby="heading-status">
    <h2 id="heading-status">${heading}</h2>
    ${part(own, page)} ${rows.length === 0 ? nothing : list(rows, page)}
    ${cannotAsk === undefined ? nothing : html`<p class="note">${cannotAsk}</p>`}
    ${
      actions.length === 0
        ? nothing
        : html`<div class="checks">
            ${repeat(
              actions,
              ({ id }) => id,
              (one) => check(one, page),
            )}
          </div>`
    }
    ${
      runner === undefined
        ? nothing
        : html`<h3>${runner.heading}</h3>
            ${part(runner, page)}`
    }
  </section>`;
}

function part({ state, reasons }: DetailsStatusPart, page: DetailsPage): TemplateResult {
  return html`<p class="state">${value(state, page)}</p>
    ${
      reasons.length === 0
        ? nothing
        : html`<ul class="reasons">
            ${repeat(
              reasons,
              ({ key }) => key,
              (one) => reason(one, page),
            )}
          </ul>`
    }`;
}

function reason({ key, text, source, wayOut }: DetailsReason, page: DetailsPage): TemplateResult {
  return html`<li>
    <div class="words">
      <p id="reason-${key}">${text}</p>
      ${source === '' ? nothing : html`<p class="source">${source}</p>`}
    </div>
    ${
      wayOut === undefined
        ? nothing
        : html`<button
            class="action"
            aria-describedby="reason-${key}"
            @click=${() => page.send({ type: 'wayOut', key })}
          >
            ${wayOut}
          </button>`
    }
  </li>`;
}

/** A button that asks the runner. While it is asked, the button keeps the focus, so it is not really disabled. */
function check({ id, label, running }: DetailsAction, page: DetailsPage): TemplateResult {
  const isRunning = running !== undefined;
  return html`<button
    class="action"
    aria-disabled=${isRunning}
    @click=${() => {
      if (!isRunning) {
        page.send({ type: 'action', id });
      }
    }}
  >
    ${isRunning ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}<span
      >${running ?? label}</span
    >
  </button>`;
}
