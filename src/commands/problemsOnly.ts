import { commands, l10n, window } from 'vscode';
import { withoutProblemsTerm, withProblemsTerm } from '../inventory/problemsTerm.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import type { Command, CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** *Show Problems Only*: adds a term to the filter, which is kept like a typed one. */
export const showProblemsOnly: Command = async (context) => {
  const { session, view } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  if (!view.isVisible) {
    await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
  }
  await setFilter(context, withProblemsTerm);
  window.setStatusBarMessage(l10n.t('$(warning) Showing problems only'), 3000);
};

/** *Show All*: removes that term. The rest of the filter stays. */
export const showAll: Command = async (context) => {
  const { treeOptions } = context;
  await setFilter(context, withoutProblemsTerm);
  window.setStatusBarMessage(
    treeOptions.current.filter === undefined
      ? l10n.t('$(list-tree) Showing all rows')
      : l10n.t('$(filter) Showing all rows that match the filter'),
    3000,
  );
};

async function setFilter({ treeOptions }: CommandContext, change: (text: string) => string): Promise<void> {
  await treeOptions.prepareFilter();
  // An open box would set its filter again.
  treeOptions.filterBox?.replace();
  treeOptions.filterBox = undefined;
  treeOptions.setFilter(change(withoutProblemsTerm(treeOptions.current.filter?.text ?? '')));
  await treeOptions.keepFilter();
}
