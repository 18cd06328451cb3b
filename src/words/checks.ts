import * as l10n from '@vscode/l10n';
import type { Subject } from '../api/identity.ts';
import { cannotAsk } from '../checks/cannotAsk.ts';
import type {
  AccessState,
  CheckFailure,
  CheckKind,
  CheckState,
  ValidationState,
} from '../checks/checkState.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { isLive } from '../inventory/statuses.ts';
import { errorText } from './errors.ts';
import { hostText } from './integrations.ts';
import { asOfText, isSameDay } from './numbersAndDates.ts';
import { isServiceAccount, serviceAccountName } from './reasons.ts';
import { runnerName } from './runners.ts';

/*
 * What runners answered when they were asked, and why they did not. Loaded on demand.
 */

/**
 * The last answer about access, as a sentence; undefined if there is none.
 *
 * @param counts whether it still says something about now
 */
export function accessSentence(
  { lastAnswer }: AccessState,
  entry: IntegrationEntry,
  runner: RunnerEntry,
  subject: Subject | undefined,
  counts = true,
): string | undefined {
  if (lastAnswer === undefined) {
    return undefined;
  }
  const { signedIn } = lastAnswer.result;
  const [name, host] = [runnerName(runner), hostText(entry)];
  if (subject !== undefined && isServiceAccount(subject)) {
    const account = serviceAccountName(subject);
    if (counts) {
      return signedIn
        ? l10n.t('{0} says that {1} is signed in to {2}.', name, account, host)
        : l10n.t('{0} says that {1} is not signed in to {2}.', name, account, host);
    }
    return signedIn
      ? l10n.t('{0} said that {1} was signed in to {2}.', name, account, host)
      : l10n.t('{0} said that {1} was not signed in to {2}.', name, account, host);
  }
  if (counts) {
    return signedIn
      ? l10n.t('{0} says that you are signed in to {1}.', name, host)
      : l10n.t('{0} says that you are not signed in to {1}.', name, host);
  }
  return signedIn
    ? l10n.t('{0} said that you were signed in to {1}.', name, host)
    : l10n.t('{0} said that you were not signed in to {1}.', name, host);
}

/** The name of a check, as a label. */
export function checkName(kind: CheckKind): string {
  return kind === 'access' ? l10n.t('Access') : l10n.t('Validation');
}

/** The last answer about the configuration, as a sentence, if it is valid; otherwise a reason says so (`reasonSentence`). */
export function validSentence(
  { lastAnswer }: ValidationState,
  { integration: { oauth } }: IntegrationEntry,
  runner: RunnerEntry,
): string | undefined {
  if (lastAnswer?.result.valid !== true) {
    return undefined;
  }
  return oauth?.clientSecretSet === true
    ? l10n.t('{0} found the configuration valid. The client secret was not sent to it.', runnerName(runner))
    : l10n.t('{0} found the configuration valid.', runnerName(runner));
}

/** Says that an answer may be about an earlier configuration; undefined if that is unlikely. */
export function changeSentence({ lastAnswer }: CheckState<unknown>): string | undefined {
  const since = lastAnswer?.changedSince;
  return (
    since &&
    l10n.t(
      'The integration has changed since {0}. A change may take up to 10 minutes to reach the runner.',
      asOfText(since),
    )
  );
}

/** Why a runner could not answer, as a sentence or two: what happened, and what to do. */
export function failureSentence(failure: CheckFailure, kind: CheckKind, runner: RunnerEntry): string {
  const name = runnerName(runner);
  switch (failure.kind) {
    case 'notActive':
      return l10n.t('{0} is not active, so it could not be asked.', name);
    case 'unsupported':
      return kind === 'access'
        ? l10n.t('{0} cannot say who is signed in: its version is too old.', name)
        : l10n.t('{0} cannot validate configurations: its version is too old.', name);
    case 'readOnlyKey':
      return l10n.t('This API key is read-only, so {0} could not be asked. Use a read & write key.', name);
    case 'noPermission':
      return kind === 'access'
        ? l10n.t('This API key is not allowed to ask {0}. A read & write key may be needed.', name)
        : l10n.t(
            "This API key is not allowed to ask {0}. Validation requires a runner administrator's read & write key.",
            name,
          );
    case 'noResult':
      return l10n.t('{0} said nothing about this integration.', name);
    case 'timeout':
      return l10n.t('{0} did not answer in time. Retry, or raise onaScm.requestTimeout.', name);
    case 'failed':
      return errorText(failure.error);
  }
}

/** The same in a few words, for a summary. */
export function failureWords(failure: CheckFailure): string {
  switch (failure.kind) {
    case 'notActive':
      return l10n.t('not active');
    case 'unsupported':
      return l10n.t('version too old');
    case 'readOnlyKey':
    case 'noPermission':
      return l10n.t('no permission');
    case 'noResult':
      return l10n.t('no result');
    case 'timeout':
      return l10n.t('no answer');
    case 'failed':
      return l10n.t('unexpected error');
  }
}

/**
 * That a runner could not answer, when that was, and why.
 *
 * @param sentence see `failureSentence`
 */
export function failedText(kind: CheckKind, at: Date, sentence: string): string {
  const time = asOfText(at);
  const isToday = isSameDay(at, new Date());
  if (kind === 'access') {
    return isToday
      ? l10n.t('Could not be checked at {0}: {1}', time, sentence)
      : l10n.t('Could not be checked on {0}: {1}', time, sentence);
  }
  return isToday
    ? l10n.t('Could not be validated at {0}: {1}', time, sentence)
    : l10n.t('Could not be validated on {0}: {1}', time, sentence);
}

/** Why a runner cannot be asked about its integrations, as a sentence; undefined if it can. */
export function cannotAskSentence(runner: RunnerEntry): string | undefined {
  const name = runnerName(runner);
  switch (cannotAsk(runner)) {
    case undefined:
      return undefined;
    case 'shared':
      return l10n.t('No runner can be asked about the shared local configuration.');
    case 'notListed':
      return l10n.t('{0} is not in the list of runners, so it cannot be asked.', name);
    case 'notActive':
      if (isLive(runner)) {
        return l10n.t('{0} cannot be asked, because its ID is not valid.', name);
      }
      return runner.phase === 'RUNNER_PHASE_INACTIVE'
        ? l10n.t('{0} is offline, so it cannot be asked.', name)
        : l10n.t('{0} is not active, so it cannot be asked.', name);
  }
}
