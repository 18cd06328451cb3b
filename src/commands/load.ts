import { commands, env, l10n, Uri, window } from 'vscode';
import { errorText } from '../words/errors.ts';
import { problemActions } from '../platform/problemActions.ts';
import type { Command } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** *Refresh*: loads all runners and integrations again. */
export const refresh: Command = async ({ session, inventory }) => {
  if (await ensureSignedIn(session)) {
    await inventory.refreshNow();
  }
};

/** *What Is Wrong?*: shows the full cause, with actions that may resolve it. */
export const showProblem: Command = async ({ inventory }) => {
  const { error } = inventory.state;
  if (error === undefined) {
    void window.showInformationMessage(l10n.t('Nothing is wrong: the last refresh succeeded.'));
    return;
  }
  const buttons = problemActions(error).map((action) => ({ title: action.label, action }));
  const chosen = (await window.showErrorMessage(errorText(error), ...buttons))?.action;
  if (chosen?.kind === 'link') {
    await env.openExternal(Uri.parse(chosen.url));
  } else if (chosen !== undefined) {
    await commands.executeCommand(chosen.command, ...chosen.arguments);
  }
};
