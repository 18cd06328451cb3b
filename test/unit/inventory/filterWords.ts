import type { FilterWords } from '../../../src/inventory/filter.ts';

/** Words of an invented language: tests recognize what comes from them. */
export const WORDS: FilterWords = {
  runnerName: ({ runner }) => runner?.name ?? 'Unknown',
  phase: ({ runner }) =>
    runner === undefined ? [] : [runner.phase.replace('RUNNER_PHASE_', '').toLowerCase()],
  oauth: ['OAuth'],
  pat: ['PAT'],
  noSignIn: ['none'],
  status: (status) => [status],
};
