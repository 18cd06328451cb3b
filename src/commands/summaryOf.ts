import type { RunOutcome } from '../checks/runChecks.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import type { CheckSummary } from '../words/checkSummary.ts';

/** What an answer says about an integration; `attention` proves nothing, but somebody should look. */
export type Verdict = 'good' | 'bad' | 'attention';

export interface Judgment<Call, Answer> extends Pick<CheckSummary, 'kind' | 'leftOut' | 'hasChanged'> {
  /** Number of integrations that a call is about. */
  readonly countOf: (call: Call) => number;
  readonly verdictOn: (answer: Answer) => Verdict;
}

/** Counts the integrations by how their checks ended. */
export function summaryOf<Call extends { readonly runner: RunnerEntry }, Answer>(
  { answered, failed, skipped, unasked, stoppedBy }: RunOutcome<Call, Answer>,
  { countOf, verdictOn, ...rest }: Judgment<Call, Answer>,
): CheckSummary {
  const sum = (calls: readonly Call[]) => calls.reduce((total, call) => total + countOf(call), 0);
  const judged = (verdict: Verdict) =>
    sum(answered.filter(({ answer }) => verdictOn(answer) === verdict).map(({ call }) => call));
  const skippedRunners = [...new Set(skipped.map(({ runner }) => runner))];
  return {
    ...rest,
    good: judged('good'),
    bad: judged('bad'),
    attention: judged('attention'),
    failed: failed.map(({ call, failure }) => ({ failure, count: countOf(call) })),
    skipped: skippedRunners.map((runner) => ({
      runner,
      count: sum(skipped.filter((call) => call.runner === runner)),
    })),
    unasked: sum(unasked),
    stoppedBy,
  };
}
