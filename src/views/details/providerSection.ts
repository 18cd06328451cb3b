import * as l10n from '@vscode/l10n';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { Ability, ProviderAbilities } from '../../inventory/providers.ts';
import { describedProvider, type SchemaAnswer } from '../../inventory/schemaAnswer.ts';
import { runnerName } from '../../words/runners.ts';
import { withHints } from './hints.ts';
import type { DetailsSection, DetailsValue } from './protocol.ts';
import { link, none, plain, row } from './rows.ts';
import { setupRows } from './setupRows.ts';

/**
 * What the provider of an integration supports, and what of that is configured.
 *
 * @param schema what the integration's runner could offer
 */
export function providerSection(
  entry: IntegrationEntry,
  runner: RunnerEntry | undefined,
  schema: SchemaAnswer | undefined,
): DetailsSection {
  const { oauth, pat, scmId } = entry.integration;
  const { abilities, docsUrl } = entry.provider;
  const described = describedProvider(schema, scmId);
  return {
    key: 'provider',
    heading: l10n.t('Provider'),
    caption: captionText(runner, schema, described !== undefined),
    rows: [
      withHints(
        row('can-oauth', l10n.t('OAuth'), [abilityValue(abilities?.oauth, oauth !== undefined)]),
        entry,
        ['oauthUnsupported'],
      ),
      row('can-pat', l10n.t('Personal access token'), [abilityValue(abilities?.pat, pat)]),
      row('extra-settings', l10n.t('Extra settings'), [extraSettings(abilities)]),
      ...(described === undefined ? [] : setupRows(described, 'provider')),
      row('docs', l10n.t('Documentation'), [link(docsUrl.replace('https://', ''), docsUrl)]),
    ],
  };
}

function captionText(
  runner: RunnerEntry | undefined,
  schema: SchemaAnswer | undefined,
  isDescribed: boolean,
): string {
  const name = runner && runnerName(runner);
  if (isDescribed && name !== undefined) {
    return l10n.t('According to {0}', name);
  }
  return schema?.kind === 'loading' && name !== undefined
    ? l10n.t('According to the documentation of Ona; asking {0}…', name)
    : l10n.t('According to the documentation of Ona');
}

/** The configuration takes precedence over our list of abilities: Ona may support it by now. */
function abilityValue(ability: Ability | undefined, isOn: boolean): DetailsValue {
  if (isOn) {
    return plain(l10n.t('configured'));
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

function extraSettings({ issuerUrl, virtualDirectory }: Partial<ProviderAbilities> = {}): DetailsValue {
  if (issuerUrl === true) {
    return plain(l10n.t('issuer URL (for OAuth)'));
  }
  if (virtualDirectory === true) {
    return plain(l10n.t('virtual directory'));
  }
  return issuerUrl === undefined || virtualDirectory === undefined
    ? none(l10n.t('unknown; depends on the runner'))
    : none(l10n.t('none needed'));
}
