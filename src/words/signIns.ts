import * as l10n from '@vscode/l10n';
import type { HostAuthenticationToken } from '../api/hostAuthenticationTokens.ts';
import type { IntegrationEntry, RunnerRole } from '../inventory/groups.ts';
import { lacksSignIn } from '../inventory/lacksSignIn.ts';
import type { SignIns } from '../inventory/model.ts';
import { endOf } from '../inventory/signInIndex.ts';
import { asOfText, listText, timeText } from './numbersAndDates.ts';
import { isServiceAccount, serviceAccountName } from './reasons.ts';

/*
 * Loaded on demand: rows say only if there is no sign-in.
 */

/**
 * Which sign-ins to the host of an integration are on record for the owner of the key. That is no proof that one works.
 *
 * @param role of its runner
 * @returns undefined if that is not known, or if there cannot be one (`lacksSignIn`)
 */
export function signInSentence(
  entry: IntegrationEntry,
  signIns: SignIns | undefined,
  role: RunnerRole,
): string | undefined {
  if (signIns === undefined || entry.signIns === undefined) {
    return undefined;
  }
  const { subject, asOf } = signIns;
  const name = isServiceAccount(subject) ? serviceAccountName(subject) : undefined;
  const time = asOfText(asOf);
  if (entry.signIns.length === 0) {
    return lacksSignIn(entry, role) ? noSignInSentence(name, time) : undefined;
  }
  const methods = [...new Set(entry.signIns.map((token) => methodText(token)))];
  return onRecordSentence(name, time, methods, isTested(entry));
}

/** Whether the runner has said something about a sign-in that counts now. */
function isTested({ status }: IntegrationEntry): boolean {
  return status.signedIn !== undefined;
}

function noSignInSentence(name: string | undefined, time: string): string {
  return name === undefined
    ? l10n.t('As of {0}, no sign-in of yours is on record.', time)
    : l10n.t(
        'As of {0}, no sign-in of {1} is on record. It signs in through the API or Terraform ({2}).',
        time,
        name,
        'ona_git_authentication',
      );
}

function onRecordSentence(
  name: string | undefined,
  time: string,
  methods: readonly string[],
  isTested: boolean,
): string {
  const list = listText(methods);
  const isOne = methods.length === 1;
  const ofPerson = isOne
    ? l10n.t('As of {0}, a sign-in of yours is on record: {1}.', time, list)
    : l10n.t('As of {0}, several sign-ins of yours are on record: {1}.', time, list);
  const ofServiceAccount = isOne
    ? l10n.t('As of {0}, a sign-in of {1} is on record: {2}.', time, name ?? '', list)
    : l10n.t('As of {0}, several sign-ins of {1} are on record: {2}.', time, name ?? '', list);
  const sentence = name === undefined ? ofPerson : ofServiceAccount;
  if (isTested) {
    return sentence;
  }
  return `${sentence} ${isOne ? l10n.t('It was not tested.') : l10n.t('They were not tested.')}`;
}

function methodText(token: HostAuthenticationToken): string {
  const end = endOf(token);
  const method = sourceName(token);
  if (end === undefined) {
    return method;
  }
  const time = timeText(end, { dateStyle: 'medium', timeStyle: 'short' });
  return end.getTime() > Date.now()
    ? l10n.t('{0} (until {1})', method, time)
    : l10n.t('{0} (ended {1})', method, time);
}

function sourceName({ source }: HostAuthenticationToken): string {
  switch (source) {
    case 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH':
      return l10n.t('OAuth');
    case 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT':
      return l10n.t('personal access token');
    default:
      return l10n.t('another method');
  }
}
