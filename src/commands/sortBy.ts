import { l10n, window } from 'vscode';
import type { Command } from './command.ts';

/** *Sort Problems First*: kept for the workspace. */
export const sortProblemsFirst: Command = async ({ treeOptions }) => {
  await treeOptions.setOrder('problems');
  window.setStatusBarMessage(l10n.t('$(list-ordered) Sorted with problems first'), 3000);
};

/** *Sort by Name* */
export const sortByName: Command = async ({ treeOptions }) => {
  await treeOptions.setOrder('name');
  window.setStatusBarMessage(l10n.t('$(list-ordered) Sorted by name'), 3000);
};
