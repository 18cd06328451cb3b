import { commands, l10n, window } from 'vscode';
import type { LeftOutItems } from '../inventory/model.ts';
import { openInBrowser } from '../platform/openInBrowser.ts';
import { problemActions } from '../platform/problemActions.ts';
import { errorText } from '../words/errors.ts';
import { leftOutText } from '../words/leftOut.ts';
import type { Command } from './command.ts';
import { showUnusableKey } from './signIn/showUnusableKey.ts';

/** *What Is Wrong?*: shows the full cause, with actions that may resolve it. */
export const showProblem: Command = async ({ session, inventory }) => {
  const { error, data } = inventory.state;
  const { current } = session;
  if (current.kind === 'signedOut' && current.unusableKey !== undefined) {
    await showUnusableKey(current.unusableKey);
    return;
  }
  if (error === undefined && data.leftOut !== undefined) {
    await showLeftOut(data.leftOut);
    return;
  }
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

/** More kinds of faults would make the notification too long. */
const MAX_FAULTS = 3;

async function showLeftOut(leftOut: LeftOutItems): Promise<void> {
  const faults = new Set([...leftOut.runners, ...leftOut.integrations].map(({ fault }) => fault));
  const reasons = [...faults].slice(0, MAX_FAULTS).join(', ');
  const showLog = l10n.t('Show Log');
  if ((await window.showWarningMessage(leftOutText(leftOut, reasons), showLog)) === showLog) {
    await commands.executeCommand('onaScm.showLog');
  }
}
