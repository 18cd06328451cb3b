import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import type { InventoryState } from '../../inventory/model.ts';
import { errorText, retryingText, retryText } from '../../words/errors.ts';
import { timeText } from '../../words/numbersAndDates.ts';
import type { TreeLayout } from './treeLayout.ts';

/**
 * The line of plain text above the rows: what a filter lets through, what is wrong, or what is waited for. Undefined where
 * there is nothing to say, and where there are no rows: it would hide the welcome view.
 */
export function viewMessage(layout: TreeLayout, state: InventoryState): string | undefined {
  const parts = [filterMessage(layout), stateMessage(state)];
  return parts.filter((part) => part !== undefined).join(' · ') || undefined;
}

/** How much of what there is a filter lets through. */
function filterMessage({ filter, integrations, runners }: TreeLayout): string | undefined {
  if (filter === undefined || runners.of === 0) {
    return undefined;
  }
  const text = plainLine(filter.text, 60);
  if (runners.shown === 0) {
    return l10n.t('Nothing matches "{0}".', text);
  }
  return integrations.shown === 0
    ? l10n.t('{0} of {1} runners match "{2}"', runners.shown, runners.of, text)
    : l10n.t('{0} of {1} match "{2}"', integrations.shown, integrations.of, text);
}

function stateMessage(state: InventoryState): string | undefined {
  switch (state.kind) {
    case 'signedOut':
    case 'failed':
      return undefined;
    case 'loading': {
      const parts = [
        state.asOf && l10n.t('As of {0}.', asOfText(state.asOf)),
        state.retry && retryText(state.retry),
      ];
      return parts.filter((part) => part !== undefined).join(' ') || undefined;
    }
    case 'ready':
      return state.retry && retryText(state.retry);
    case 'stale':
      return staleMessage(state);
  }
}

function staleMessage({
  asOf,
  since,
  mayBeIncomplete,
  error,
  retry,
}: Extract<InventoryState, { since: Date }>): string {
  const time = minuteText(since);
  const reason = retry === undefined ? errorText(error) : retryingText(retry);
  if (mayBeIncomplete) {
    return l10n.t('May be incomplete since {0}: {1}', time, reason);
  }
  if (asOf !== undefined && !isSameDay(asOf, since)) {
    return l10n.t('As of {0}: {1}', asOfText(asOf), reason);
  }
  return asOf === undefined
    ? l10n.t('Incomplete since {0}: {1}', time, reason)
    : l10n.t('Stale since {0}: {1}', time, reason);
}

/** The time of day, with the date where that is not today's. */
function asOfText(date: Date): string {
  return isSameDay(date, new Date())
    ? minuteText(date)
    : timeText(date, { dateStyle: 'medium', timeStyle: 'short' });
}

function minuteText(date: Date): string {
  return timeText(date, { hour: '2-digit', minute: '2-digit' });
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
