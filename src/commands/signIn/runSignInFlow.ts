import { window } from 'vscode';
import { createKeyUrl } from '../../account/dashboardUrls.ts';
import { openInBrowser } from '../../platform/openInBrowser.ts';
import { unusableKeyText } from '../../words/characters.ts';
import { askForAddress } from './askForAddress.ts';
import { askForKey } from './askForKey.ts';
import { confirmAddress } from './confirmAddress.ts';
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
      case 'browser':
        if (!(await confirmAddress(context, apiUrl))) {
          outcome = 'back';
          break;
        }
        if (way.kind === 'browser') {
          await openInBrowser(createKeyUrl(apiUrl));
        }
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
        // If the key is missing, the picker says so.
        outcome = session.connection === undefined ? 'back' : 'done';
        break;
    }
  } while (outcome === 'back');
  return outcome === 'done';
}

/**
 * Signs in with the environment's key, once the user has confirmed its address.
 *
 * @returns whether the key is used
 */
export async function useEnvironmentKey(context: SignInContext): Promise<boolean> {
  const { session, environment } = context;
  const unusable = environment.unusableKey();
  if (unusable !== undefined) {
    void window.showErrorMessage(unusableKeyText(unusable));
    return false;
  }
  const address = session.address();
  const variable = environment.key()?.variable;
  if (address.kind === 'address' && !(await confirmAddress(context, address.apiUrl, variable))) {
    return false;
  }
  await session.useEnvironmentKey();
  return true;
}
