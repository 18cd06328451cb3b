import { commands, l10n, window } from 'vscode';
import type { SessionStore } from '../account/session.ts';

/** Whether somebody is signed in. If not, says so, offers to sign in, and goes on once somebody has. */
export async function ensureSignedIn(session: SessionStore): Promise<boolean> {
  await session.whenStarted();
  if (isSignedIn(session)) {
    return true;
  }
  const action = l10n.t('Sign In');
  const chosen = await window.showInformationMessage(l10n.t('Sign in to Ona first.'), action);
  if (chosen !== action) {
    // Perhaps much later, and after a sign-in by another way: nobody waits for the command any more.
    return false;
  }
  await commands.executeCommand('onaScm.signIn');
  return isSignedIn(session);
}

function isSignedIn({ connection }: SessionStore): boolean {
  return connection !== undefined;
}
