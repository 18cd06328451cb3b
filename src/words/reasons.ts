import * as l10n from '@vscode/l10n';
import { runnerSettingsUrl } from '../account/dashboardUrls.ts';
import type { Subject } from '../api/identity.ts';
import { plainLine } from '../base/plainLine.ts';
import type { ConfigurationProblem } from '../inventory/configurationProblems.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import type { FieldError, IntegrationReason, Reason } from '../inventory/reasons.ts';
import { hostText, providerText } from './integrations.ts';
import { asOfText, isSameDay, timeText } from './numbersAndDates.ts';
import { runnerName } from './runners.ts';
import { sentence } from './sentence.ts';

/*
 * Loaded on demand: rows show only `reasonWords`.
 */

/** Longer texts of a runner are cut. */
const MAX_TEXT = 500;

/** What helps: a page in the browser, or a command on the integration. */
export type WayOut =
  | { readonly label: string; readonly url: string }
  | { readonly label: string; readonly command: 'onaScm.connect' };

/**
 * A reason as a sentence.
 *
 * @param runner the one that the item is or belongs to
 */
export function reasonSentence(reason: Reason, entry: ItemEntry, runner: RunnerEntry): string {
  const name = runnerName(runner);
  switch (reason.code) {
    case 'offline':
      return withMessage(l10n.t('{0} is offline', name), reason.message);
    case 'degraded':
      return withMessage(l10n.t('{0} is degraded', name), reason.message);
    case 'noIntegrations':
      return l10n.t('{0} has no integrations: it can clone nothing, not even public repositories.', name);
    case 'duplicateHost':
      return l10n.t(
        '{0} has {1} integrations for {2}. One is enough.',
        name,
        reason.count,
        plainLine(reason.host),
      );
    default:
      return entry.kind === 'runner' ? '' : integrationSentence(reason, entry, name);
  }
}

function integrationSentence(reason: IntegrationReason, entry: IntegrationEntry, runner: string): string {
  const host = hostText(entry);
  switch (reason.code) {
    case 'invalid':
      return sentence(
        l10n.t(
          '{0} found the configuration invalid: {1}',
          runner,
          // Runners send sentences.
          reason.errors.map((error) => namedErrorText(error).replace(/[.。]+$/, '')).join('; '),
        ),
      );
    case 'invalidWithoutReason':
      return l10n.t('{0} found the configuration invalid, but gave no reason.', runner);
    case 'oauthNotValidated':
      return sentence(
        l10n.t(
          '{0} found fault with OAuth, but the client secret was not sent to it: {1}',
          runner,
          shortened(reason.text),
        ),
      );
    case 'tokenEnding':
    case 'tokenEnded':
      return tokenSentence(reason, host);
    case 'signedOut':
      return reason.subject !== undefined && isServiceAccount(reason.subject)
        ? l10n.t(
            '{0} was signed in to {1}, but {2} now says that it is not.',
            serviceAccountName(reason.subject),
            host,
            runner,
          )
        : l10n.t('You were signed in to {0}, but {1} now says that you are not.', host, runner);
    default:
      return problemSentence(reason.code, entry);
  }
}

/** A problem of the configuration as a sentence, which may be a reason or, of an inherited integration, only a fact. */
export function problemSentence(
  problem: Exclude<ConfigurationProblem, 'duplicateHost'>,
  entry: IntegrationEntry,
): string {
  const provider = providerText(entry);
  switch (problem) {
    case 'noSignIn':
      return l10n.t('Nobody can sign in to {0}: no sign-in method is configured.', hostText(entry));
    case 'oauthUnsupported':
      return l10n.t('{0} does not support OAuth.', provider);
    case 'patMissing':
      return l10n.t('Personal access tokens are off, but they are the only way to sign in to {0}.', provider);
    case 'issuerMissing':
      return l10n.t(
        'OAuth for {0} requires an issuer URL, such as {1}.',
        provider,
        'https://login.microsoftonline.com/<tenant>/v2.0',
      );
    case 'issuerUnused':
      return l10n.t('An issuer URL is set, but {0} does not use it.', provider);
    case 'directoryMissing':
      return l10n.t('{0} requires a virtual directory, such as {1}.', provider, '/tfs');
    case 'directoryUnused':
      return l10n.t('A virtual directory is set, but {0} does not use it.', provider);
  }
}

function tokenSentence(
  { code, endsAt, subject }: Extract<IntegrationReason, { readonly endsAt: Date }>,
  host: string,
): string {
  const time = timeText(endsAt, { dateStyle: 'medium', timeStyle: 'short' });
  if (!isServiceAccount(subject)) {
    return code === 'tokenEnding'
      ? l10n.t('Your personal access token for {0} ends on {1}.', host, time)
      : l10n.t('Your personal access token for {0} ended on {1}.', host, time);
  }
  const owner = serviceAccountName(subject);
  return code === 'tokenEnding'
    ? l10n.t(
        'The personal access token of {0} for {1} ends on {2}. Renew it with the API or Terraform ({3}).',
        owner,
        host,
        time,
        'ona_git_authentication',
      )
    : l10n.t(
        'The personal access token of {0} for {1} ended on {2}. Renew it with the API or Terraform ({3}).',
        owner,
        host,
        time,
        'ona_git_authentication',
      );
}

/** Where a reason comes from, and when that was. */
export function sourceText(
  { source, at }: Pick<Reason, 'source' | 'at'>,
  runner: RunnerEntry,
  subject?: Subject,
): string {
  const time = at && asOfText(at);
  const name = runnerName(runner);
  switch (source) {
    case 'ListRunners':
      return joined(l10n.t('runner {0}', name), time);
    case 'ListSCMIntegrations':
      return joined(l10n.t('list of integrations'), time);
    case 'ListHostAuthenticationTokens':
      return joined(
        subject !== undefined && isServiceAccount(subject)
          ? l10n.t('sign-ins of {0}', serviceAccountName(subject))
          : l10n.t('your sign-ins'),
        time,
      );
    case 'CheckAuthenticationForHost':
    case 'ValidateRunnerConfiguration':
      return at === undefined || time === undefined
        ? l10n.t('asked {0}', name)
        : isSameDay(at, new Date())
          ? l10n.t('asked {0} at {1}', name, time)
          : l10n.t('asked {0} on {1}', name, time);
  }
}

function joined(source: string, time: string | undefined): string {
  return time === undefined ? source : l10n.t('{0}, {1}', source, time);
}

/**
 * What helps; undefined if nothing does here.
 *
 * @param apiUrl whose dashboard has the pages
 */
export function wayOutOf(reason: Reason, { runner }: RunnerEntry, apiUrl: string): WayOut | undefined {
  switch (reason.code) {
    case 'tokenEnding':
    case 'tokenEnded':
    case 'signedOut':
      // People sign in on the dashboard, service accounts do not.
      return reason.subject !== undefined && isServiceAccount(reason.subject) ? undefined : connectWayOut();
    default:
      return { label: l10n.t('Runner Settings'), url: runnerSettingsUrl(apiUrl, runner) };
  }
}

/** *Connect…*, which signs a person in. */
export function connectWayOut(): WayOut {
  return { label: l10n.t('Connect…'), command: 'onaScm.connect' };
}

export function isServiceAccount({ principal }: Subject): boolean {
  return principal === 'PRINCIPAL_SERVICE_ACCOUNT';
}

/** The API has no call that tells its name. */
export function serviceAccountName({ id }: Subject): string {
  return l10n.t('the service account {0}', plainLine(id).slice(0, 8));
}

function namedErrorText(error: FieldError): string {
  return l10n.t('{0}: {1}', fieldName(error.field), fieldErrorText(error));
}

/** What a runner says about a field. */
export function fieldErrorText({ text }: FieldError): string {
  return shortened(text);
}

function fieldName(field: FieldError['field']): string {
  switch (field) {
    case 'scmId':
      return l10n.t('Provider');
    case 'host':
      return l10n.t('Host');
    case 'oauth':
      return l10n.t('OAuth');
    case 'pat':
      return l10n.t('Personal access token');
  }
}

function withMessage(fact: string, message: string): string {
  const text = shortened(message);
  return sentence(text === '' ? fact : l10n.t('{0}: {1}', fact, text));
}

function shortened(text: string): string {
  return plainLine(text, MAX_TEXT);
}
