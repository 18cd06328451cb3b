import * as l10n from '@vscode/l10n';
import type { LeftOutItems } from '../inventory/model.ts';
import { asOfText, listText, plural } from './numbersAndDates.ts';

/**
 * What could not be read, when, and why.
 *
 * @param reasons if not given, the text refers to the log
 */
export function leftOutText({ runners, integrations, asOf }: LeftOutItems, reasons?: string): string {
  const r = runners.length;
  const i = integrations.length;
  const parts = [
    ...(r === 0
      ? []
      : [plural(r, l10n.t('{0} runner could not be read', r), l10n.t('{0} runners could not be read', r))]),
    ...(i === 0 ? [] : [unreadIntegrations(i)]),
  ];
  const what = listText(parts);
  const time = asOfText(asOf);
  return reasons === undefined
    ? l10n.t('{0} ({1}). See the log.', what, time)
    : l10n.t('{0} ({1}): {2}.', what, time, reasons);
}

/** Number of integrations that could not be read, e.g. of one runner. */
export function unreadIntegrations(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration could not be read', count),
    l10n.t('{0} integrations could not be read', count),
  );
}
