import { commands, l10n, window } from 'vscode';
import type { SessionStore } from '../account/session.ts';

/**
 * Offers to sign in if nobody is signed in.
 *
 * @returns whether somebody is signed in now, so that the command can continue
 */
export async function ensureSignedIn(session: SessionStore): Promise<boolean> {
  await session.whenStarted();
  if (isSignedIn(session)) {
    return true;
  }
  const action = l10n.t('Sign In');
  const chosen = await window.showInformationMessage(l10n.t('Sign in to Ona first.'), action);
  if (chosen !== action) {
    // This may be much later, after a sign-in elsewhere, when nobody expects the command to continue.
    return false;
  }
  await commands.executeCommand('onaScm.signIn');
  return isSignedIn(session);
}

function isSignedIn({ connection }: SessionStore): boolean {
  return connection !== undefined;
}
