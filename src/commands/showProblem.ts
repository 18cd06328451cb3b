import { commands, l10n, window } from 'vscode';
import { openInBrowser } from '../platform/openInBrowser.ts';
import { problemActions } from '../platform/problemActions.ts';
import { errorText } from '../words/errors.ts';
import type { Command } from './command.ts';

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
    await openInBrowser(chosen.url);
  } else if (chosen !== undefined) {
    await commands.executeCommand(chosen.command, ...chosen.arguments);
  }
};
