import { commands, l10n, window } from 'vscode';
import type { Account } from '../account/account.ts';
import { keyProblemOf } from '../account/sessionState.ts';
import { badAddressText } from '../words/badAddress.ts';
import { reasonText } from '../words/errors.ts';
import type { Command, CommandContext } from './command.ts';
import { retryKey } from './retryKey.ts';
import { askForKey } from './signIn/askForKey.ts';
import { runSignInFlow, useEnvironmentKey } from './signIn/runSignInFlow.ts';
import { EXTENSION_ID } from '../names.ts';

/** *Sign In with API Key…*: asks how to sign in, or to confirm the environment's address. */
export const signIn: Command = async (context) => {
  const { session } = context;
  await session.whenStarted();
  if (keyProblemOf(session.current) !== undefined && (await retryKey(session))) {
    return;
  }
  const { current } = session;
  if (current.kind === 'badAddress') {
    await offerSettings(badAddressText(current), current.variable === undefined);
  } else if (current.kind === 'unconfirmedAddress') {
    await useEnvironmentKey(context);
  } else {
    await runSignInFlow(context);
  }
};

/** *Sign In Again*: asks for another key for the same API. */
export const signInAgain: Command = async (context, on) => {
  await context.session.whenStarted();
  if (context.session.connection !== undefined) {
    await askForKey(context, context.session.apiUrl(), false);
  } else {
    await signIn(context, on);
  }
};

/** *Sign Out*: forgets the key. Does not ask first, because the key can be entered again. */
export const signOut: Command = async ({ session }) => {
  await session.whenStarted();
  const { connection } = session;
  if (connection === undefined) {
    void window.showInformationMessage(l10n.t('You are not signed in to Ona.'));
    return;
  }
  if (!(await forgetKey(session, undefined))) {
    return;
  }
  const { environmentVariable } = connection;
  window.setStatusBarMessage(
    environmentVariable === undefined
      ? l10n.t('$(check) Signed out of Ona. The API key was removed from VS Code.')
      : l10n.t('$(check) Signed out of Ona. {0} is not used until you sign in again.', environmentVariable),
    5000,
  );
};

export const openSettings: Command = () =>
  commands.executeCommand('workbench.action.openSettings', `@ext:${EXTENSION_ID}`);

/**
 * Signs out, and shows a warning if the secret storage could not delete the key.
 *
 * @param account by default the window's
 * @returns false if the key could not be deleted
 */
export async function forgetKey(
  session: CommandContext['session'],
  account: Account | undefined,
): Promise<boolean> {
  try {
    await session.signOut(account);
    return true;
  } catch (error) {
    const reason = reasonText(error);
    void window.showWarningMessage(
      l10n.t(
        "Signed out, but the API key could not be deleted from VS Code's secret storage ({0}). Delete the key in Ona's settings.",
        reason,
      ),
    );
    return false;
  }
}

async function offerSettings(message: string, canBeSet: boolean): Promise<void> {
  const action = l10n.t('Open Settings');
  const chosen = await window.showErrorMessage(message, ...(canBeSet ? [action] : []));
  if (chosen === action) {
    await commands.executeCommand('workbench.action.openSettings', 'onaScm.apiUrl');
  }
}
