import * as l10n from '@vscode/l10n';
import type { LeftOutItems } from '../inventory/model.ts';
import { asOfText, plural } from './numbersAndDates.ts';

/** What could not be read, when, and where to find out more. */
export function leftOutText({ runners, integrations, asOf }: LeftOutItems): string {
  const r = runners.length;
  const i = integrations.length;
  const parts = [
    ...(r === 0
      ? []
      : [plural(r, l10n.t('{0} runner could not be read', r), l10n.t('{0} runners could not be read', r))]),
    ...(i === 0 ? [] : [unreadIntegrations(i)]),
  ];
  return l10n.t('{0} ({1}). See the log.', parts.join(', '), asOfText(asOf));
}

/** Number of integrations that could not be read, e.g. of one runner. */
export function unreadIntegrations(count: number): string {
  return plural(
    count,
    l10n.t('{0} integration could not be read', count),
    l10n.t('{0} integrations could not be read', count),
  );
}
