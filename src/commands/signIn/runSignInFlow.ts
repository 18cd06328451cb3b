import { l10n, window } from 'vscode';
import { createKeyUrl } from '../../account/dashboardUrls.ts';
import { confirmAddress } from '../../account/environmentWriter.ts';
import { openInBrowser } from '../../platform/openInBrowser.ts';
import { unusableKeyText } from '../../words/characters.ts';
import { askForAddress } from './askForAddress.ts';
import { askForKey } from './askForKey.ts';
import type { SignInContext, StepOutcome } from './signInStep.ts';
import { pickWay } from './pickWay.ts';

/**
 * Asks how to sign in, then for whatever that requires.
 *
 * @returns whether the user signed in
 */
export async function runSignInFlow(context: SignInContext): Promise<boolean> {
  const { session } = context;
  let outcome: StepOutcome;
  do {
    const way = await pickWay(context);
    const apiUrl = session.apiUrl();
    switch (way?.kind) {
      case undefined:
        return false;
      case 'key':
        outcome = await askForKey(context, apiUrl, true);
        break;
      case 'browser':
        await openInBrowser(createKeyUrl(apiUrl));
        outcome = await askForKey(context, apiUrl, true);
        break;
      case 'host': {
        const address = await askForAddress();
        outcome = 'apiUrl' in address ? await askForKey(context, address.apiUrl, true) : address.outcome;
        break;
      }
      case 'environment':
        if (await useEnvironmentKey(context)) {
          return true;
        }
        outcome = context.environment.unusableKey() === undefined ? 'canceled' : 'back';
        break;
      case 'account':
        await session.switchTo(way.account);
        return true;
    }
  } while (outcome === 'back');
  return outcome === 'done';
}

/**
 * Signs in with the environment's key. A dev container can set the address it is sent to, so the user confirms that
 * first.
 *
 * @returns whether the key is used
 */
export async function useEnvironmentKey({ session, environment }: SignInContext): Promise<boolean> {
  const { current } = session;
  const unusable = environment.unusableKey();
  if (unusable !== undefined) {
    void window.showErrorMessage(unusableKeyText(unusable));
    return false;
  }
  if (current.kind !== 'unconfirmedAddress') {
    await session.useEnvironmentKey();
    return true;
  }
  const { apiUrl, variable } = current;
  const use = l10n.t('Use This Address');
  const chosen = await window.showWarningMessage(
    l10n.t('Send the API key from {0} to {1}?', environment.key()?.variable ?? '', new URL(apiUrl).host),
    {
      modal: true,
      detail: l10n.t(
        '{0} is set to {1}. A dev container can set this variable, so continue only if you trust this host.',
        variable,
        apiUrl,
      ),
    },
    use,
  );
  if (chosen !== use) {
    return false;
  }
  await confirmAddress(environment, apiUrl);
  await session.useEnvironmentKey();
  return true;
}
