import * as l10n from '@vscode/l10n';
import type { Subject } from '../api/identity.ts';
import type { HostAccess } from '../api/hostAccess.ts';
import { plainLine } from '../base/plainLine.ts';
import type { CheckFailure } from '../checks/checkState.ts';
import type { TokenPage } from '../checks/tokenPage.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { asciiHost } from '../inventory/hostUrl.ts';
import { lacksSignIn } from '../inventory/lacksSignIn.ts';
import { cannotAskSentence, failureSentence } from './checks.ts';
import { hostText } from './integrations.ts';
import { connectWayOut, isServiceAccount, serviceAccountName, type WayOut } from './reasons.ts';
import { runnerName } from './runners.ts';

/*
 * What *Connect…* says. Loaded on demand.
 */

/** Longer texts of a runner are cut. */
const MAX_TEXT = 500;

/**
 * *Connect…* beside the sentence that no sign-in is on record or, if that is not known, that the runner says so. Not if a
 * reason offers it or the runner disagrees.
 *
 * @param subject the owner of the key; undefined if that is not known
 */
export function connectOf(
  entry: IntegrationEntry,
  { role }: RunnerEntry,
  subject: Subject | undefined,
): WayOut | undefined {
  const { proof, reasons, signedIn } = entry.status;
  const isMissing = entry.signIns === undefined ? signedIn === false : lacksSignIn(entry, role);
  return isMissing &&
    canConnect(entry, subject) &&
    proof === undefined &&
    reasons.every(({ code }) => code !== 'signedOut')
    ? connectWayOut()
    : undefined;
}

/**
 * Whether there is a way for the owner of the key to sign in to the host of an integration.
 *
 * @param subject the owner of the key; undefined if that is not known
 */
export function canConnect(
  { integration: { oauth, pat } }: IntegrationEntry,
  subject: Subject | undefined,
): boolean {
  return (oauth !== undefined || pat) && (subject === undefined || !isServiceAccount(subject));
}

/** Why nobody is connected with the key of a service account. */
export function serviceAccountSentence(subject: Subject): string {
  return l10n.t(
    'This API key belongs to {0}, which signs in through the API or Terraform ({1}).',
    serviceAccountName(subject),
    'ona_git_authentication',
  );
}

/** Why a runner is not asked, as a sentence or two: it has failed to answer, or there is nobody to ask. */
export function unaskedSentence(
  failure: CheckFailure | undefined,
  entry: IntegrationEntry,
  runner: RunnerEntry,
): string {
  const why =
    failure === undefined
      ? (cannotAskSentence(runner) ?? l10n.t('No runner can be asked about {0} here.', hostText(entry)))
      : failureSentence(failure, 'access', runner);
  return l10n.t('{0} You can sign in on the dashboard, but you will not see here whether it worked.', why);
}

export function signedInSentence(entry: IntegrationEntry, runner: RunnerEntry): string {
  return l10n.t('You are signed in to {0} on {1}.', hostText(entry), runnerName(runner));
}

/** That the runner did not say so, and what happens next. */
export function gaveUpSentence(
  failure: CheckFailure | undefined,
  entry: IntegrationEntry,
  runner: RunnerEntry,
): string {
  const name = runnerName(runner);
  return failure === undefined
    ? l10n.t(
        '{0} does not say yet that you are signed in to {1}. It will be asked once more when you return to this window.',
        name,
        hostText(entry),
      )
    : l10n.t(
        '{0} {1} will be asked once more when you return to this window.',
        failureSentence(failure, 'access', runner),
        name,
      );
}

/** The same after the last question. */
export function stillNotSentence(
  failure: CheckFailure | undefined,
  entry: IntegrationEntry,
  runner: RunnerEntry,
): string {
  return failure === undefined
    ? l10n.t('{0} still says that you are not signed in to {1}.', runnerName(runner), hostText(entry))
    : failureSentence(failure, 'access', runner);
}

/** All scopes that a token needs, as the host names them; empty if the runner names none. */
export function scopesText({ requiredScopes }: NonNullable<HostAccess['pat']>): string {
  const scopes = requiredScopes.map((scope) => plainLine(scope));
  return scopes.filter((scope) => scope !== '').join(', ');
}

/** What somebody needs to know before they create a token, as lines of plain text. */
export function tokenText(
  pat: NonNullable<HostAccess['pat']>,
  page: TokenPage,
  entry: IntegrationEntry,
  runner: RunnerEntry,
): string {
  const name = runnerName(runner);
  const scopes = plainLine(scopesText(pat), MAX_TEXT);
  const example = plainLine(pat.example);
  const ascii = asciiHost(entry.integration.host);
  const lines = [
    // A name that looks like another one.
    ...(ascii === undefined ? [] : [l10n.t('ASCII form: {0}', ascii)]),
    scopes === ''
      ? l10n.t('{0} does not say which scopes the token needs.', name)
      : l10n.t('Scopes: {0}', scopes),
    ...(example === '' ? [] : [l10n.t('Example: {0}', example)]),
    '',
    ...pageLines(page, entry, name),
    l10n.t('Then enter the token on the Git Authentications page of the dashboard.'),
  ];
  return lines.join('\n');
}

function pageLines(page: TokenPage, entry: IntegrationEntry, runner: string): string[] {
  switch (page.kind) {
    case 'none':
      return [
        l10n.t('{0} does not say where to create the token. Create it on {1}.', runner, hostText(entry)),
      ];
    case 'refused':
      return [
        l10n.t(
          'The address from {0} is not opened, because it is not https: {1}',
          runner,
          plainLine(page.text, MAX_TEXT),
        ),
      ];
    case 'known':
    case 'other':
      return [];
  }
}

/** Asks about a page of a runner on another host, with its whole address. */
export function otherPageText(url: string, entry: IntegrationEntry, runner: RunnerEntry): string {
  const warning = l10n.t(
    '{0} links to this page. It is neither on the dashboard nor on {1}, so open it only if you trust it.',
    runnerName(runner),
    hostText(entry),
  );
  return `${url}\n\n${warning}`;
}
