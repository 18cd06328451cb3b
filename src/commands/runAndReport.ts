import type { CheckTarget } from '../checks/askedAbout.ts';
import type { CallOutcome } from '../checks/callRunner.ts';
import type { CheckKind } from '../checks/checkState.ts';
import type { CheckStore } from '../checks/checkStore.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import { changeSentence } from '../words/checks.ts';
import type { LeftOut } from '../words/checkSummary.ts';
import type { CommandContext } from './command.ts';
import { runInView } from './runningChecks.ts';
import { showCheckSummary } from './showCheckSummary.ts';
import { showOneCheck } from './showOneCheck.ts';
import { summaryOf, type Verdict } from './summaryOf.ts';

/** Which calls to make to runners, and what their answers mean. */
export interface ReportedRun<Call, Answer> {
  readonly kind: CheckKind;
  readonly store: CheckStore;
  /** `CheckStore.ended` as it was when the calls were planned. */
  readonly ended: AbortSignal;
  readonly calls: readonly Call[];
  /** The integrations that a call is about. */
  readonly targetsOf: (call: Call) => readonly CheckTarget[];
  readonly leftOut: readonly LeftOut[];
  readonly check: (call: Call, signal: AbortSignal) => Promise<CallOutcome<Answer>>;
  readonly verdictOn: (answer: Answer) => Verdict;
  /**
   * What the runner answered about the only integration, as sentences.
   *
   * @param asked as it was when the runner was asked
   * @param now with the status that follows from the answer
   */
  readonly answerText: (asked: CheckTarget, now: CheckTarget) => readonly (string | undefined)[];
  /** Asks about the only integration again. */
  readonly again: (only: CheckTarget) => unknown;
}

/** Asks runners, and says how that ended: in detail if it is about a single integration. */
export async function runAndReport<Call extends { readonly runner: RunnerEntry }, Answer>(
  context: CommandContext,
  {
    kind,
    store,
    ended,
    calls,
    targetsOf,
    leftOut,
    check,
    verdictOn,
    answerText,
    again,
  }: ReportedRun<Call, Answer>,
): Promise<void> {
  const outcome = await runInView({
    kind,
    calls,
    entriesOf: (call) => targetsOf(call).map(({ entry }) => entry),
    check,
    ended,
  });
  if (ended.aborted) {
    // Somebody signed out or switched organizations, and nothing of it counts any more.
    return;
  }
  const changeOf = ({ entry }: CheckTarget) => changeSentence(store.checksOf(entry)[kind]);
  const [only, ...others] = calls.flatMap(targetsOf);
  const answered = outcome.answered.flatMap(({ call }) => targetsOf(call));
  const shown =
    only !== undefined && others.length === 0 && outcome.unasked.length === 0
      ? showOneCheck(context, {
          kind,
          target: only,
          outcome,
          leftOut,
          answerText: (now) => [...answerText(only, now), changeOf(only)],
          again: () => again(only),
        })
      : showCheckSummary(
          context,
          summaryOf(outcome, {
            kind,
            leftOut,
            hasChanged: answered.some((target) => changeOf(target) !== undefined),
            countOf: (call) => targetsOf(call).length,
            verdictOn,
          }),
          answered,
        );
  shown.catch((error: unknown) => context.log.error(error as Error));
}
