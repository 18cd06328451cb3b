import * as l10n from '@vscode/l10n';
import { isOutage } from '../api/transport/errors.ts';
import type { InventoryState } from '../inventory/model.ts';
import { errorText, outageText, retryingText } from './errors.ts';
import { asOfText, isSameDay } from './numbersAndDates.ts';

/** Since when rows are stale or incomplete, and why. */
export function staleText({
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
