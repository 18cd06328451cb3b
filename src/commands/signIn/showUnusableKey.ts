import { commands, l10n, window } from 'vscode';
import type { UnusableKey } from '../../account/environment.ts';
import { unusableKeyText } from '../../words/characters.ts';

/** Says why the environment's key is not used, and offers to sign in with another one. */
export async function showUnusableKey(key: UnusableKey): Promise<void> {
  const action = l10n.t('Sign In');
  if ((await window.showErrorMessage(unusableKeyText(key), action)) === action) {
    await commands.executeCommand('onaScm.signIn');
  }
}
