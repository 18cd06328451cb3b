import * as l10n from '@vscode/l10n';
import type { FilterWords } from './filter.ts';
import { enumText, phaseText, runnerName } from './runnerText.ts';

/** What a filter finds beside what the API sends: the words of the rows. */
export const FILTER_WORDS: FilterWords = {
  runnerName,
  phase: ({ runner, role }) => {
    if (runner === undefined || role === 'local') {
      return [];
    }
    const words = [phaseText(runner.phase) ?? '', enumText(runner.phase, 'RUNNER_PHASE_')];
    return words.filter((word) => word !== '');
  },
  oauth: ['OAuth'],
  pat: ['PAT', l10n.t('personal access token')],
  noSignIn: ['none', l10n.t('no sign-in method')],
};
