import * as l10n from '@vscode/l10n';
import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { plainLine } from '../base/plainLine.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { plural } from './numbersAndDates.ts';

export function hostText({ integration }: { readonly integration: Pick<ScmIntegration, 'host'> }): string {
  return plainLine(integration.host) || l10n.t('(no host)');
}

export function providerText({ provider }: Pick<IntegrationEntry, 'provider'>): string {
  return plainLine(provider.name) || l10n.t('Unknown provider');
}

/**
 * How people can sign in to the host.
 *
 * @param short abbreviated, as in rows
 */
export function signInMethods({ integration: { oauth, pat } }: IntegrationEntry, short: boolean): string {
  return methodsText(oauth !== undefined, pat, short);
}

export function methodsText(hasOAuth: boolean, hasPat: boolean, short: boolean): string {
  const methods = [
    ...(hasOAuth ? [l10n.t('OAuth')] : []),
    ...(hasPat ? [short ? l10n.t('PAT') : l10n.t('personal access token')] : []),
  ];
  return methods.length === 0 ? l10n.t('no sign-in method') : methods.join(', ');
}

export function integrationCount(count: number): string {
  return plural(count, l10n.t('{0} integration', count), l10n.t('{0} integrations', count));
}
