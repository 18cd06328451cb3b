import * as l10n from '@vscode/l10n';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { CheckTarget } from '../checks/askedAbout.ts';
import type { CannotAsk } from '../checks/cannotAsk.ts';
import type { CheckFailure, CheckKind } from '../checks/checkState.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import { cannotAskSentence, failureWords } from './checks.ts';
import { errorText } from './errors.ts';
import { hostText } from './integrations.ts';
import { listText, plural } from './numbersAndDates.ts';
import { runnerCount, runnerName } from './runners.ts';
import { statusCount } from './statusCount.ts';

/*
 * What many checks came to. Numbers are those of integrations. Loaded on demand.
 */

/** Why nobody is asked about an integration. */
export type LeftOutReason =
  | CannotAsk
  /** Its host is not a host. */
  | 'badHost'
  /** It is inherited, and so not validated. */
  | 'inherited'
  /** Its runner is being asked already. */
  | 'running';

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly target: CheckTarget;
}

export interface CheckSummary {
  readonly kind: CheckKind;
  /** Signed in, or valid. */
  readonly good: number;
  /** Not signed in, or invalid. */
  readonly bad: number;
  /** The runner found fault, but that proves nothing. */
  readonly attention: number;
  readonly failed: readonly { readonly failure: CheckFailure; readonly count: number }[];
  /** Runners that were not asked any more, because they did not answer in time. */
  readonly skipped: readonly { readonly runner: RunnerEntry; readonly count: number }[];
  /** Without an answer, because the run was canceled or had to stop. */
  readonly unasked: number;
  readonly stoppedBy: OnaApiError | undefined;
  readonly leftOut: readonly LeftOut[];
  /** Whether a runner may not know yet what it was asked about. */
  readonly hasChanged: boolean;
}

/** More runners are not named. */
const MAX_NAMES = 5;

/** All that is to say when many checks have ended. */
export function summaryText(summary: CheckSummary): string {
  const { hasChanged, leftOut } = summary;
  const change = l10n.t('A change may take up to 10 minutes to reach a runner.');
  return sentences([
    countSentence(summary),
    ...(hasChanged ? [change] : []),
    permissionSentence(summary),
    skippedSentence(summary),
    unaskedSentence(summary),
    leftOutText(leftOut),
  ]);
}

/** How many integrations nobody is asked about, and why. Empty if there are none. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  const counts = new Map<LeftOutReason, number>();
  for (const { reason } of leftOut) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return sentences([...counts].map(([reason, count]) => leftOutSentence(reason, count)));
}

/** Why nobody is asked, if that concerns everything. */
export function nothingText(leftOut: readonly LeftOut[], kind: CheckKind): string {
  const [first] = leftOut;
  if (first === undefined) {
    return l10n.t('There are no integrations here.');
  }
  const isSame = leftOut.every(
    ({ reason, target }) => reason === first.reason && target.runner === first.target.runner,
  );
  if (isSame && (leftOut.length === 1 || isOfRunner(first.reason))) {
    return whyLeftOut(first);
  }
  return sentences([
    kind === 'access' ? l10n.t('Nothing to check.') : l10n.t('Nothing to validate.'),
    leftOutText(leftOut),
  ]);
}

/** Asks whether to make so many calls. */
export function confirmQuestion(kind: CheckKind, calls: number, runners: number): string {
  return kind === 'access'
    ? l10n.t('Check access with {0} calls to {1}?', calls, runnerCount(runners))
    : l10n.t('Validate configurations with {0} calls to {1}?', calls, runnerCount(runners));
}

/** What a validation does, before the first one. */
export function validationExplained(runners: readonly RunnerEntry[]): string {
  const [first] = runners;
  return first !== undefined && runners.length === 1
    ? l10n.t(
        'Asks the runner {0} to test host, provider, client and issuer. No secret is sent.',
        runnerName(first),
      )
    : l10n.t(
        'Asks {0} to test host, provider, client and issuer. No secret is sent.',
        runnerCount(runners.length),
      );
}

function countSentence({ kind, good, bad, attention, failed }: CheckSummary): string {
  const count = (failures: typeof failed) => failures.reduce((sum, { count: n }) => sum + n, 0);
  const notActive = count(failed.filter(({ failure }) => failure.kind === 'notActive'));
  const others = failed.filter(({ failure }) => failure.kind !== 'notActive');
  const total = good + bad + attention + count(failed);
  if (total === 0) {
    return '';
  }
  const other = count(others);
  const why = listOf([...new Set(others.map(({ failure }) => failureWords(failure)))]);
  const isAccess = kind === 'access';
  const parts = [
    good > 0 && (isAccess ? l10n.t('{0} signed in', good) : l10n.t('{0} valid', good)),
    bad > 0 && (isAccess ? l10n.t('{0} not signed in', bad) : l10n.t('{0} invalid', bad)),
    attention > 0 && statusCount('attention', attention),
    notActive > 0 &&
      plural(
        notActive,
        l10n.t('{0} on a runner that is not active', notActive),
        l10n.t('{0} on runners that are not active', notActive),
      ),
    other > 0 &&
      (isAccess
        ? l10n.t('{0} could not be checked ({1})', other, why)
        : l10n.t('{0} could not be validated ({1})', other, why)),
  ].filter((part) => part !== false);
  return isAccess
    ? l10n.t('{0} checked: {1}.', total, listOf(parts))
    : l10n.t('{0} validated: {1}.', total, listOf(parts));
}

/** What helps if the API did not permit calls. */
function permissionSentence({ kind, failed }: CheckSummary): string {
  const has = (of: CheckFailure['kind']) => failed.some(({ failure }) => failure.kind === of);
  if (has('readOnlyKey')) {
    return l10n.t('This API key is read-only. Use a read & write key.');
  }
  if (!has('noPermission')) {
    return '';
  }
  return kind === 'access'
    ? l10n.t('A read & write key may be needed.')
    : l10n.t("Validation requires a runner administrator's read & write key.");
}

function skippedSentence({ skipped }: CheckSummary): string {
  if (skipped.length === 0) {
    return '';
  }
  const names = skipped.slice(0, MAX_NAMES).map(({ runner }) => runnerName(runner));
  const more = skipped.length - names.length;
  const count = skipped.reduce((sum, { count: n }) => sum + n, 0);
  return l10n.t(
    'Skipped after two timeouts: {0} ({1} left out).',
    listText(more > 0 ? [...names, l10n.t('{0} more', more)] : names),
    count,
  );
}

function unaskedSentence({ kind, unasked, stoppedBy }: CheckSummary): string {
  if (unasked === 0) {
    return '';
  }
  const isAccess = kind === 'access';
  if (stoppedBy !== undefined) {
    const why = errorText(stoppedBy);
    return isAccess
      ? l10n.t('Stopped, {0} not checked: {1}', unasked, why)
      : l10n.t('Stopped, {0} not validated: {1}', unasked, why);
  }
  return isAccess
    ? l10n.t('Canceled, {0} not checked.', unasked)
    : l10n.t('Canceled, {0} not validated.', unasked);
}

function leftOutSentence(reason: LeftOutReason, n: number): string {
  switch (reason) {
    case 'notActive':
      return plural(
        n,
        l10n.t('{0} left out: its runner is not active.', n),
        l10n.t('{0} left out: their runners are not active.', n),
      );
    case 'notListed':
      return plural(
        n,
        l10n.t('{0} left out: its runner is not in the list.', n),
        l10n.t('{0} left out: their runners are not in the list.', n),
      );
    case 'shared':
      return l10n.t('{0} left out: no runner can be asked about the shared local configuration.', n);
    case 'badHost':
      return plural(
        n,
        l10n.t('{0} left out: its host is not valid.', n),
        l10n.t('{0} left out: their hosts are not valid.', n),
      );
    case 'inherited':
      return plural(
        n,
        l10n.t('{0} left out: it is managed by Ona.', n),
        l10n.t('{0} left out: they are managed by Ona.', n),
      );
    case 'running':
      return plural(
        n,
        l10n.t('{0} left out: its runner is already being asked.', n),
        l10n.t('{0} left out: their runners are already being asked.', n),
      );
  }
}

function whyLeftOut({ reason, target: { entry, runner } }: LeftOut): string {
  const [name, host] = [runnerName(runner), hostText(entry)];
  switch (reason) {
    case 'badHost':
      return l10n.t('{0} is not a valid host, so {1} cannot be asked about it.', host, name);
    case 'inherited':
      return l10n.t('The integration for {0} on {1} is managed by Ona, so it is not validated.', host, name);
    case 'running':
      return l10n.t('{0} is already being asked.', name);
    default:
      return cannotAskSentence(runner) ?? '';
  }
}

function isOfRunner(reason: LeftOutReason): boolean {
  return reason !== 'badHost' && reason !== 'inherited';
}

/** A short list, e.g. of counts. */
function listOf(parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  return rest.reduce((list, part) => l10n.t('{0}, {1}', list, part), first);
}

function sentences(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
