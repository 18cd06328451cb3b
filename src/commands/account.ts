import { commands, l10n, window } from 'vscode';
import type { Account } from '../account/account.ts';
import { addressProblemText } from '../words/errors.ts';
import { withoutLinks } from '../base/text.ts';
import type { Command, CommandContext } from './command.ts';
import { askForKey, runSignInFlow, useEnvironmentKey } from './signIn.ts';
import { EXTENSION_ID } from '../names.ts';

/** *Sign In with API Key…*: asks how, or confirms the environment's address. */
export const signIn: Command = async (context) => {
  const { session } = context;
  await session.whenStarted();
  const { current } = session;
  if (current.kind === 'badAddress') {
    const address = withoutLinks(current.address);
    const source = current.variable ?? 'onaScm.apiUrl';
    await offerSettings(
      l10n.t('{0} names "{1}". {2}', source, address, addressProblemText(current.problem)),
      current.variable === undefined,
    );
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

/** *Sign Out*: forgets the key. No question first: the key can be entered again. */
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
      ? l10n.t('$(check) Signed out of Ona; the API key is forgotten.')
      : l10n.t('$(check) Signed out of Ona; {0} stays unused until you sign in.', environmentVariable),
    5000,
  );
};

export const openSettings: Command = () =>
  commands.executeCommand('workbench.action.openSettings', `@ext:${EXTENSION_ID}`);

/**
 * Signs out, and says so where the secret storage keeps the key all the same.
 *
 * @param account by default the window's
 * @returns whether the key is forgotten
 */
export async function forgetKey(
  session: CommandContext['session'],
  account: Account | undefined,
): Promise<boolean> {
  try {
    await session.signOut(account);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? withoutLinks(error.message) : '';
    void window.showWarningMessage(
      l10n.t(
        'Signed out, but the secret storage of VS Code did not delete the API key: {0} Delete the key in the settings of Ona.',
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
