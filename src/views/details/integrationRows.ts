import * as l10n from '@vscode/l10n';
import { asciiHost, hostUrl } from '../../inventory/hostUrl.ts';
import { configurationProblems, type ConfigurationProblem } from '../../inventory/configurationProblems.ts';
import { duplicatesOf } from '../../inventory/duplicatesOf.ts';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { Ability, Provider, ProviderAbilities } from '../../inventory/providers.ts';
import { providerText } from '../../words/integrations.ts';
import { runnerName } from '../../words/runners.ts';
import { spellingText } from '../../words/spelling.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';
import { codeOr, good, link, markUnread, none, plain, row } from './rows.ts';

/**
 * Every field of an integration.
 *
 * @param runner the one that has the integration
 */
export function integrationRows(entry: IntegrationEntry, runner: RunnerEntry | undefined): DetailsRow[] {
  const { id, scmId, oauth, virtualDirectory = '' } = entry.integration;
  const problems = configurationProblems(entry);
  const name = providerText(entry);
  const ofOAuth = (value: DetailsValue) =>
    oauth === undefined ? none(l10n.t('OAuth is not configured')) : value;
  const rows = [
    hostRow(entry, runner, problems),
    row('provider', l10n.t('Provider'), [plain(name)]),
    withHints(
      row('sign-in', l10n.t('Sign-in methods'), signInValues(entry)),
      [
        ['noSignIn', l10n.t('Nobody can sign in to this host.')],
        [
          'patMissing',
          l10n.t('Personal access tokens are off, but they are the only way to sign in to {0}.', name),
        ],
      ],
      problems,
    ),
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
      [
        [
          'issuerMissing',
          l10n.t(
            'OAuth for {0} requires an issuer URL, such as {1}.',
            name,
            'https://login.microsoftonline.com/<tenant>/v2.0',
          ),
        ],
        ['issuerUnused', l10n.t('{0} does not use this setting.', name)],
      ],
      problems,
    ),
    withHints(
      row(
        'virtual-directory',
        l10n.t('Virtual directory'),
        [codeOr(virtualDirectory, virtualDirectoryMeaning(entry))],
        l10n.t('Copy Virtual Directory'),
      ),
      [
        ['directoryMissing', l10n.t('{0} requires a virtual directory, such as {1}.', name, '/tfs')],
        ['directoryUnused', l10n.t('{0} does not use this setting.', name)],
      ],
      problems,
    ),
  ];
  return rows.map((one) => markUnread(markUnread(one, entry.integration), oauth ?? {}));
}

/** What the provider of an integration supports, and what of that is configured. */
export function providerRows(entry: IntegrationEntry): DetailsRow[] {
  const { oauth, pat } = entry.integration;
  const { abilities, docsUrl } = entry.provider;
  return [
    withHints(
      row('can-oauth', l10n.t('OAuth'), [abilityValue(abilities?.oauth, oauth !== undefined)]),
      [['oauthUnsupported', l10n.t('{0} does not support OAuth.', providerText(entry))]],
      configurationProblems(entry),
    ),
    row('can-pat', l10n.t('Personal access token'), [abilityValue(abilities?.pat, pat)]),
    row('extra-settings', l10n.t('Extra settings'), [extraSettings(abilities)]),
    row('docs', l10n.t('Documentation'), [link(docsUrl.replace('https://', ''), docsUrl)]),
  ];
}

/** The row, with a hint for each of these problems that the integration has. */
function withHints(
  row: DetailsRow,
  hints: readonly (readonly [ConfigurationProblem, string])[],
  problems: ReadonlySet<ConfigurationProblem>,
): DetailsRow {
  return { ...row, hints: hints.filter(([problem]) => problems.has(problem)).map(([, text]) => text) };
}

function hostRow(
  entry: IntegrationEntry,
  runner: RunnerEntry | undefined,
  problems: ReadonlySet<ConfigurationProblem>,
): DetailsRow {
  const { host, virtualDirectory } = entry.integration;
  const values = hostValues(host, virtualDirectory);
  const { hints = [], ...rest } = withHints(
    row('host', l10n.t('Host'), values, l10n.t('Copy Host')),
    [['duplicateHost', duplicateText(entry, runner)]],
    problems,
  );
  const spelling = spellingText(host);
  return { ...rest, hints: [...(spelling === undefined ? [] : [spelling]), ...hints] };
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

function signInValues({ integration: { oauth, pat } }: IntegrationEntry): DetailsValue[] {
  const methods = [
    ...(oauth ? [good(l10n.t('OAuth'))] : []),
    ...(pat ? [good(l10n.t('Personal access token'))] : []),
  ];
  return methods.length === 0 ? [none(l10n.t('none'))] : methods;
}

function issuerUrlMeaning({ abilities }: Provider): string {
  return abilities?.issuerUrl === true ? l10n.t('not set') : l10n.t('same as the host');
}

function virtualDirectoryMeaning(entry: IntegrationEntry): string {
  return entry.provider.abilities?.virtualDirectory === false
    ? l10n.t('not used by {0}', providerText(entry))
    : l10n.t('not set');
}

/** The configuration takes precedence over our list of abilities: Ona may support it by now. */
function abilityValue(ability: Ability | undefined, isOn: boolean): DetailsValue {
  if (isOn) {
    return ability === 'unsupported' ? plain(l10n.t('configured')) : good(l10n.t('configured'));
  }
  switch (ability) {
    case 'supported':
      return plain(l10n.t('supported, not configured'));
    case 'planned':
      return none(l10n.t('planned by Ona'));
    case 'unsupported':
      return none(l10n.t('not supported'));
    case undefined:
      return none(l10n.t('not configured; support depends on the runner'));
  }
}

function extraSettings(abilities: ProviderAbilities | undefined): DetailsValue {
  if (abilities === undefined) {
    return none(l10n.t('unknown; depends on the runner'));
  }
  if (abilities.issuerUrl) {
    return plain(l10n.t('issuer URL (for OAuth)'));
  }
  return abilities.virtualDirectory ? plain(l10n.t('virtual directory')) : none(l10n.t('none needed'));
}
