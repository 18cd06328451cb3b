import * as l10n from '@vscode/l10n';
import { configurationProblems } from '../../inventory/configurationProblems.ts';
import type { IntegrationEntry } from '../../inventory/groups.ts';
import type { Ability, ProviderAbilities } from '../../inventory/providers.ts';
import { providerText } from '../../words/integrations.ts';
import { withHints } from './integrationRows.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';
import { good, link, none, plain, row } from './rows.ts';

/** What the provider of an integration can do, and what of that the integration has on. */
export function providerRows(entry: IntegrationEntry): DetailsRow[] {
  const { oauth, pat } = entry.integration;
  const { abilities, docsUrl } = entry.provider;
  return [
    withHints(
      row('can-oauth', l10n.t('OAuth'), [abilityValue(abilities?.oauth, oauth !== undefined)]),
      [['oauthUnsupported', l10n.t('{0} does not support it.', providerText(entry))]],
      configurationProblems(entry),
    ),
    row('can-pat', l10n.t('Personal access token'), [abilityValue(abilities?.pat, pat)]),
    row('extra-settings', l10n.t('Extra settings'), [extraSettings(abilities)]),
    row('docs', l10n.t('Documentation'), [link(docsUrl.replace('https://', ''), docsUrl)]),
  ];
}

/** What is on counts: what Ona only plans, or does not know, may have come since. */
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
      return none(l10n.t('not configured; the runner decides whether it is supported'));
  }
}

function extraSettings(abilities: ProviderAbilities | undefined): DetailsValue {
  if (abilities === undefined) {
    return none(l10n.t('not known; the runner decides'));
  }
  if (abilities.issuerUrl) {
    return plain(l10n.t('issuer URL, for OAuth'));
  }
  return abilities.virtualDirectory ? plain(l10n.t('virtual directory')) : none(l10n.t('none needed'));
}
