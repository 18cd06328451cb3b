import * as l10n from '@vscode/l10n';
import { asciiHost, hostUrl } from '../../inventory/hostUrl.ts';
import { duplicatesOf } from '../../inventory/duplicatesOf.ts';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { Provider } from '../../inventory/providers.ts';
import { providerText, signInMethods } from '../../words/integrations.ts';
import { runnerName } from '../../words/runners.ts';
import { spellingText } from '../../words/spelling.ts';
import { hinted, withHints } from './hints.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';
import { withFieldErrors } from './fieldErrors.ts';
import { codeOr, link, markUnread, none, plain, row } from './rows.ts';

/**
 * Every field of an integration.
 *
 * @param runner the one that has the integration
 */
export function integrationRows(entry: IntegrationEntry, runner: RunnerEntry | undefined): DetailsRow[] {
  const { id, scmId, oauth, virtualDirectory = '' } = entry.integration;
  const ofOAuth = (value: DetailsValue) =>
    oauth === undefined ? none(l10n.t('OAuth is not configured')) : value;
  const rows = [
    hostRow(entry, runner),
    row('provider', l10n.t('Provider'), [plain(providerText(entry))]),
    withHints(row('sign-in', l10n.t('Sign-in methods'), [signInValue(entry)]), entry, [
      'noSignIn',
      'patMissing',
    ]),
    row('id', l10n.t('Integration ID'), [codeOr(id)], l10n.t('Copy Integration ID')),
    row('scm-id', l10n.t('Provider ID'), [codeOr(scmId)], l10n.t('Copy Provider ID')),
    row(
      'client-id',
      l10n.t('OAuth client ID'),
      [ofOAuth(codeOr(oauth?.clientId ?? '', l10n.t('not set')))],
      l10n.t('Copy OAuth Client ID'),
    ),
    row('client-secret', l10n.t('OAuth client secret'), [
      ofOAuth(
        oauth?.clientSecretSet === true
          ? plain(l10n.t('set (encrypted for the runner; never shown)'))
          : none(l10n.t('not set')),
      ),
    ]),
    withHints(
      row(
        'issuer-url',
        l10n.t('Issuer URL'),
        [ofOAuth(codeOr(oauth?.issuerUrl ?? '', issuerUrlMeaning(entry.provider)))],
        l10n.t('Copy Issuer URL'),
      ),
      entry,
      ['issuerMissing', 'issuerUnused'],
    ),
    withHints(
      row(
        'virtual-directory',
        l10n.t('Virtual directory'),
        [codeOr(virtualDirectory, virtualDirectoryMeaning(entry))],
        l10n.t('Copy Virtual Directory'),
      ),
      entry,
      ['directoryMissing', 'directoryUnused'],
    ),
  ];
  return rows.map((one) =>
    withFieldErrors(markUnread(markUnread(one, entry.integration), oauth ?? {}), entry, runner),
  );
}

function hostRow(entry: IntegrationEntry, runner: RunnerEntry | undefined): DetailsRow {
  const { host, virtualDirectory } = entry.integration;
  const spelling = spellingText(host);
  return {
    ...row('host', l10n.t('Host'), hostValues(host, virtualDirectory), l10n.t('Copy Host')),
    ...hinted(entry, [
      ...(spelling === undefined ? [] : [spelling]),
      ...(entry.hasDuplicate ? [duplicateText(entry, runner)] : []),
    ]),
  };
}

function duplicateText(entry: IntegrationEntry, runner: RunnerEntry | undefined): string {
  if (runner === undefined) {
    return l10n.t('This runner has another integration for this host.');
  }
  if (runner.role === 'local') {
    return l10n.t('Local runners have another integration for this host.');
  }
  const count = duplicatesOf(entry, runner).length;
  return count === 1
    ? l10n.t('{0} has another integration for this host.', runnerName(runner))
    : l10n.t('{0} has {1} other integrations for this host.', runnerName(runner), count);
}

function hostValues(host: string, virtualDirectory: string | undefined): DetailsValue[] {
  if (host === '') {
    return [none(l10n.t('not reported'))];
  }
  const url = hostUrl(host, virtualDirectory);
  const ascii = asciiHost(host);
  return [
    url === undefined ? plain(host) : link(host, url),
    ...(ascii === undefined ? [] : [none(l10n.t('ASCII form: {0}', ascii))]),
  ];
}

function signInValue(entry: IntegrationEntry): DetailsValue {
  const { oauth, pat } = entry.integration;
  return oauth === undefined && !pat ? none(l10n.t('none')) : plain(signInMethods(entry, false));
}

function issuerUrlMeaning({ abilities }: Provider): string {
  return abilities?.issuerUrl === true ? l10n.t('not set') : l10n.t('same as the host');
}

function virtualDirectoryMeaning(entry: IntegrationEntry): string {
  return entry.provider.abilities?.virtualDirectory === false
    ? l10n.t('not used by {0}', providerText(entry))
    : l10n.t('not set');
}
