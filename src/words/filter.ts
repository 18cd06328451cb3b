import * as l10n from '@vscode/l10n';
import type { FilterWords } from '../inventory/filter.ts';
import { enumText, phaseText, runnerName } from './runners.ts';

/** What a filter finds beside what the API sends: the words of the rows. */
export const FILTER_WORDS: FilterWords = {
  runnerName,
  phase: ({ phase }) =>
    phase === undefined
      ? []
      : [phaseText(phase) ?? '', enumText(phase, 'RUNNER_PHASE_')].filter((word) => word !== ''),
  oauth: ['OAuth'],
  pat: ['PAT', l10n.t('personal access token')],
  noSignIn: ['none', l10n.t('no sign-in method')],
};
