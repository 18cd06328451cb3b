import * as l10n from '@vscode/l10n';
import type { FilterWords } from '../inventory/filter.ts';
import { statusText } from './status.ts';
import { enumText, phaseText, runnerName } from './runners.ts';

/** The words of the rows, which a filter finds in addition to values from the API. */
export const FILTER_WORDS: FilterWords = {
  runnerName,
  phase: ({ phase }) =>
    phase === undefined
      ? []
      : [phaseText(phase) ?? '', enumText(phase, 'RUNNER_PHASE_')].filter((word) => word !== ''),
  oauth: ['OAuth'],
  pat: ['PAT', l10n.t('personal access token')],
  status: (status) => [status, statusText(status)],
  noSignIn: ['none', l10n.t('no sign-in method')],
};
