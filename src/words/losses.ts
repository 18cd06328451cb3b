import * as l10n from '@vscode/l10n';
import type { Change } from '../inventory/changes.ts';
import { changeSentence } from './changes.ts';
import { sentence } from './sentence.ts';

/*
 * Loaded on demand.
 */

/** The texts for several changes of the same kind, in the order in which they are said. */
const SUMMARIES: readonly (readonly [(change: Change) => boolean, (count: number) => string])[] = [
  [isOffline, (count) => l10n.t('{0} runners went offline.', count)],
  [
    (change) => change.kind === 'phaseChanged' && !isOffline(change),
    (count) => l10n.t('{0} runners are no longer active.', count),
  ],
  [({ kind }) => kind === 'runnerRemoved', (count) => l10n.t('{0} runners were removed.', count)],
  [({ kind }) => kind === 'integrationRemoved', (count) => l10n.t('{0} integrations were removed.', count)],
  [
    (change) => change.kind === 'methodChanged' && change.method === 'oauth',
    (count) => l10n.t('OAuth was turned off on {0} integrations.', count),
  ],
  [
    (change) => change.kind === 'methodChanged' && change.method === 'pat',
    (count) => l10n.t('Personal access tokens were turned off on {0} integrations.', count),
  ],
];

/** The text of a notification: one sentence for each kind of change. It contains names from the API. */
export function lossesText(changes: readonly Change[]): string {
  return SUMMARIES.flatMap(([isOfKind, summary]) => {
    const [first, ...rest] = changes.filter(isOfKind);
    if (first === undefined) {
      return [];
    }
    return [rest.length === 0 ? sentence(changeSentence(first)) : summary(rest.length + 1)];
  }).join(' ');
}

function isOffline(change: Change): boolean {
  return change.kind === 'phaseChanged' && change.new === 'RUNNER_PHASE_INACTIVE';
}
