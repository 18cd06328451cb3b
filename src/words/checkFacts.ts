import type { Subject } from '../api/identity.ts';
import type { CheckKind, CheckState, ItemChecks } from '../checks/checkState.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import type { Source } from '../inventory/reasons.ts';
import { validationReason } from '../inventory/validationReason.ts';
import { accessSentence, changeSentence, failureSentence, validSentence } from './checks.ts';
import { reasonSentence } from './reasons.ts';

/*
 * Loaded on demand.
 */

/** What is to be said of a check of an integration, besides the reasons and the proof of its status. */
export interface CheckFact {
  readonly kind: CheckKind;
  /** The API call that asks. */
  readonly source: Source;
  /** The last answer as a sentence, unless a reason or the proof says it. */
  readonly answer?: { readonly text: string; readonly source: Source; readonly at: Date };
  /** That the answer may be about an earlier configuration, as a sentence. */
  readonly change?: string;
  /** Why a later question was not answered, as a sentence or two. */
  readonly failure?: { readonly text: string; readonly at: Date };
}

/** @param subject the owner of the key; undefined if that is not known */
export function checkFacts(
  entry: IntegrationEntry,
  runner: RunnerEntry,
  checks: ItemChecks | undefined,
  subject: Subject | undefined,
): CheckFact[] {
  if (checks === undefined) {
    return [];
  }
  const { access, validation } = checks;
  const { reasons, proof, signedIn } = entry.status;
  const isSaid = (source: Source, { lastAnswer }: CheckState<unknown>) =>
    [...reasons, ...(proof ? [proof] : [])].some(
      (one) => one.source === source && one.at?.getTime() === lastAnswer?.at.getTime(),
    );
  const factOf = (
    kind: CheckKind,
    source: Source,
    state: CheckState<unknown>,
    text: string | undefined,
  ): CheckFact => {
    const { lastAnswer, lastFailure } = state;
    const change = changeSentence(state);
    return {
      kind,
      source,
      ...(text !== undefined &&
        lastAnswer !== undefined &&
        !isSaid(source, state) && { answer: { text, source, at: lastAnswer.at } }),
      ...(change !== undefined && { change }),
      ...(lastFailure !== undefined && {
        failure: { text: failureSentence(lastFailure.error, kind, runner), at: lastFailure.at },
      }),
    };
  };
  return [
    factOf(
      'access',
      'CheckAuthenticationForHost',
      access,
      accessSentence(access, entry, runner, subject, signedIn !== undefined),
    ),
    factOf(
      'validation',
      'ValidateRunnerConfiguration',
      validation,
      validationSentence(checks, entry, runner),
    ),
  ].filter(({ answer, change, failure }) => (answer ?? change ?? failure) !== undefined);
}

function validationSentence(
  { validation }: ItemChecks,
  entry: IntegrationEntry,
  runner: RunnerEntry,
): string | undefined {
  const { lastAnswer } = validation;
  if (lastAnswer === undefined || lastAnswer.result.valid) {
    return validSentence(validation, entry, runner);
  }
  const { result, at } = lastAnswer;
  return reasonSentence(validationReason({ ...result, at }), entry, runner);
}
