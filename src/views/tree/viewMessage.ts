import * as l10n from '@vscode/l10n';
import { type InventoryState, isEmpty } from '../../inventory/model.ts';
import { errorTexts } from '../../words/errorTexts.ts';
import { leftOutText } from '../../words/leftOut.ts';
import { asOfText } from '../../words/numbersAndDates.ts';
import type { TreeLayout } from './treeLayout.ts';

/**
 * The line of plain text above the rows: how many match the filter, what is wrong or missing, or what is being waited for.
 * Undefined if there is nothing to say, or if there are no rows: a message would hide the welcome view.
 */
export function viewMessage(layout: TreeLayout, state: InventoryState): string | undefined {
  const { data } = state;
  const leftOut = data.leftOut && !isEmpty(data) ? leftOutText(data.leftOut) : undefined;
  const parts = [knownFilterMessage(layout, state), stateMessage(state), leftOut, emptinessMessage(state)];
  return parts.filter((part) => part !== undefined).join(' · ') || undefined;
}

/** Says that nothing has problems only once all rows are there. */
function knownFilterMessage(
  { filter, filterMessage, roots }: TreeLayout,
  { kind }: InventoryState,
): string | undefined {
  return kind === 'loading' && roots.length === 0 && filter?.isProblemsOnly === true
    ? undefined
    : filterMessage;
}

/** Instead of a reason for each runner, if none has an integration. */
function emptinessMessage({ kind, data }: InventoryState): string | undefined {
  const { runners, integrations, leftOut, completeRunnerIds, runnerErrors } = data;
  const isComplete =
    kind === 'ready' &&
    runnerErrors === undefined &&
    runners.every(({ id }) => completeRunnerIds?.has(id) ?? true);
  const hasNone = integrations.length === 0 && (leftOut?.integrations.length ?? 0) === 0;
  return runners.length > 0 && isComplete && hasNone
    ? l10n.t('No integrations: none are configured, or this key may not see them.')
    : undefined;
}

function stateMessage(state: InventoryState): string | undefined {
  switch (state.kind) {
    case 'signedOut':
    case 'failed':
      return undefined;
    case 'loading': {
      const parts = [
        state.asOf && l10n.t('As of {0}.', asOfText(state.asOf)),
        state.retry && errorTexts().retryText(state.retry),
      ];
      return parts.filter((part) => part !== undefined).join(' ') || undefined;
    }
    case 'ready':
      return state.retry && errorTexts().retryText(state.retry);
    case 'stale':
      return errorTexts().staleText(state);
  }
}
