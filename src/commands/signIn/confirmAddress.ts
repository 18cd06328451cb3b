import { l10n, window } from 'vscode';
import { apiOrigin } from '../../account/apiUrl.ts';
import { confirmAddress as remember } from '../../account/environmentWriter.ts';
import { plainLine } from '../../base/plainLine.ts';
import type { SignInContext } from './signInStep.ts';

/**
 * Asks before a key may be sent to an address that the environment has chosen, and before a page is opened there. A
 * repository's dev container can set the variables. Once confirmed, an address is not asked about again.
 *
 * @param keyVariable the variable whose key would be sent; undefined if the user is going to enter one
 * @returns whether the address may be used
 */
export async function confirmAddress(
  { session, environment }: SignInContext,
  apiUrl: string,
  keyVariable?: string,
): Promise<boolean> {
  const address = session.address();
  const isCurrent = address.kind === 'address' && address.apiUrl === apiUrl;
  // The setting may have changed since the session got this address from the environment.
  const variable = isCurrent ? address.variable : environment.address()?.variable;
  if (!environment.needsConfirmation({ apiUrl, variable })) {
    return true;
  }
  const origin = apiOrigin(apiUrl);
  // Whoever has a key stored for this host has agreed to enter one.
  if (keyVariable === undefined && session.accounts.some((account) => account.origin === origin)) {
    return true;
  }
  const { host } = new URL(apiUrl);
  const use = l10n.t('Use This Address');
  const chosen = await window.showWarningMessage(
    keyVariable === undefined
      ? l10n.t('Sign in to {0}?', host)
      : l10n.t('Send the API key from {0} to {1}?', keyVariable, host),
    {
      modal: true,
      detail: l10n.t(
        '{0} is set to {1}. A dev container can set this variable, so continue only if you trust this host.',
        variable ?? '',
        // The host is shorter than that, so its end is always visible.
        plainLine(apiUrl, 300),
      ),
    },
    use,
  );
  if (chosen !== use) {
    return false;
  }
  await remember(environment, apiUrl);
  return true;
}
