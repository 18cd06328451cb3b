import { commands, l10n, window } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import { keyProblemOf } from '../account/sessionState.ts';
import { keyProblemText } from '../words/keyProblem.ts';
import { retryKey } from './retryKey.ts';

/**
 * Offers to sign in because nobody is signed in. A key that could not be read is tried again first.
 *
 * @returns whether somebody is signed in now
 */
export async function offerSignIn(session: SessionStore): Promise<boolean> {
  if (await retryKey(session)) {
    return true;
  }
  const problem = keyProblemOf(session.current);
  const signIn = l10n.t('Sign In');
  const showLog = l10n.t('Show Log');
  const chosen = await (problem === undefined
    ? window.showInformationMessage(l10n.t('Sign in to Ona first.'), signIn)
    : window.showWarningMessage(keyProblemText(problem), signIn, showLog));
  if (chosen === showLog) {
    await commands.executeCommand('onaScm.showLog');
  }
  if (chosen !== signIn) {
    // This may be much later, after a sign-in elsewhere, when nobody expects the command to continue.
    return false;
  }
  await commands.executeCommand('onaScm.signIn');
  return session.connection !== undefined;
}
