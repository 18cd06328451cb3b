import * as l10n from '@vscode/l10n';
import { duplicatesOf } from '../../inventory/duplicatesOf.ts';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import { sameRef } from '../../inventory/itemRef.ts';
import { hostText, providerText } from '../../words/integrations.ts';
import { unreadIntegrations } from '../../words/leftOut.ts';
import { runnerName } from '../../words/runners.ts';
import { type LinkedRow, linkedRows, signInAndStatus } from './linkedRows.ts';
import type { DetailsRow, DetailsSection } from './protocol.ts';
import { codeOr, none, plain, row } from './rows.ts';
import { runnerState } from './runnerRows.ts';

/** Other integrations with the same host on the same runner, if there are any. */
export function duplicateSections(entry: IntegrationEntry, runner: RunnerEntry): DetailsSection[] {
  const duplicates = duplicatesOf(entry, runner);
  const link = (other: IntegrationEntry): LinkedRow => {
    const label = hostText(other);
    const values = [plain(providerText(other)), ...signInAndStatus(other), codeOr(other.integration.id)];
    return sameRef(other.ref, entry.ref)
      ? { ref: other.ref, label, values: [...values, none(l10n.t('listed again by the API'))], isShown: true }
      : { ref: other.ref, label, values };
  };
  return duplicates.length === 0
    ? []
    : [
        {
          key: 'duplicates',
          heading: l10n.t('Same Host on This Runner'),
          rows: linkedRows('duplicate', duplicates, link),
        },
      ];
}

/** Integrations with the same host on other runners. */
export function relatedRows(entry: IntegrationEntry, runners: readonly RunnerEntry[]): DetailsRow[] {
  const { hostKey, ref } = entry;
  const related: { readonly runner: RunnerEntry; readonly other: IntegrationEntry }[] = [];
  let leftOut = 0;
  for (const runner of runners) {
    if (hostKey === '' || runner.ref.runnerId === ref.runnerId) {
      continue;
    }
    leftOut += runner.leftOut;
    for (const other of runner.integrations) {
      if (other.hostKey === hostKey) {
        related.push({ runner, other });
      }
    }
  }
  const link = ({ runner, other }: (typeof related)[number]): LinkedRow => {
    const state = runnerState(runner);
    const isSpelledSame = other.integration.host === entry.integration.host;
    const values = [
      ...(isSpelledSame ? [] : [plain(hostText(other))]),
      ...signInAndStatus(other),
      ...(state === undefined ? [] : [state]),
    ];
    return { ref: other.ref, label: runnerName(runner), values };
  };
  const meaning =
    leftOut === 0 ? l10n.t('no other runner has an integration for this host') : unreadIntegrations(leftOut);
  return related.length > 0
    ? linkedRows('related', related, link)
    : [row('none', l10n.t('None'), [none(meaning)])];
}
