import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import { type InventoryState, isEmpty } from '../../inventory/model.ts';
import { isOutage } from '../../inventory/outage.ts';
import { errorText, outageText, retryingText, retryText } from '../../words/errors.ts';
import { leftOutText } from '../../words/leftOut.ts';
import { asOfText, isSameDay, plural } from '../../words/numbersAndDates.ts';
import type { TreeLayout } from './treeLayout.ts';

/**
 * The line of plain text above the rows: how many match the filter, what is wrong or missing, or what is being waited for.
 * Undefined if there is nothing to say, or if there are no rows: a message would hide the welcome view.
 */
export function viewMessage(layout: TreeLayout, state: InventoryState): string | undefined {
  const { data } = state;
  const leftOut = data.leftOut && !isEmpty(data) ? leftOutText(data.leftOut) : undefined;
  const parts = [filterMessage(layout), stateMessage(state), leftOut];
  return parts.filter((part) => part !== undefined).join(' · ') || undefined;
}

/** How many rows match the filter. */
function filterMessage({ filter, integrations, runners }: TreeLayout): string | undefined {
  if (filter === undefined || runners.of === 0) {
    return undefined;
  }
  const text = plainLine(filter.text, 60);
  if (runners.shown === 0) {
    return l10n.t('Nothing matches "{0}"', text);
  }
  if (integrations.shown === 0) {
    const { shown, of } = runners;
    return plural(
      shown,
      l10n.t('{0} of {1} runners matches "{2}"', shown, of, text),
      l10n.t('{0} of {1} runners match "{2}"', shown, of, text),
    );
  }
  const { shown, of } = integrations;
  return plural(
    shown,
    l10n.t('{0} of {1} matches "{2}"', shown, of, text),
    l10n.t('{0} of {1} match "{2}"', shown, of, text),
  );
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
  const time = asOfText(since);
  const reason =
    retry !== undefined
      ? retryingText(retry)
      : isOutage(error.problem)
        ? outageText(error)
        : errorText(error);
  if (mayBeIncomplete) {
    return l10n.t('Possibly incomplete since {0}: {1}', time, reason);
  }
  if (asOf !== undefined && !isSameDay(asOf, since)) {
    return l10n.t('As of {0}: {1}', asOfText(asOf), reason);
  }
  return asOf === undefined
    ? l10n.t('Incomplete since {0}: {1}', time, reason)
    : l10n.t('Stale since {0}: {1}', time, reason);
}
