import { commands, l10n, window } from 'vscode';
import { withoutProblemsTerm, withProblemsTerm } from '../inventory/problemsTerm.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import type { Command, CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { replaceFilter } from './replaceFilter.ts';

/** *Show Problems Only*: adds a term to the filter, which is kept like a typed one. */
export const showProblemsOnly: Command = async (context) => {
  const { session, view } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  if (!view.isVisible) {
    await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
  }
  await replaceFilter(context, withProblemsTerm(await filterWithoutTerm(context)));
  window.setStatusBarMessage(l10n.t('$(warning) Showing problems only'), 3000);
};

/** *Show All*: removes that term. The rest of the filter stays. */
export const showAll: Command = async (context) => {
  await replaceFilter(context, await filterWithoutTerm(context));
  window.setStatusBarMessage(
    context.treeOptions.current.filter === undefined
      ? l10n.t('$(list-tree) Showing all rows')
      : l10n.t('$(filter) Showing all rows that match the filter'),
    3000,
  );
};

/** The present filter without the term. */
export async function filterWithoutTerm({ treeOptions }: CommandContext): Promise<string> {
  await treeOptions.prepareFilter();
  return withoutProblemsTerm(treeOptions.current.filter?.text ?? '');
}
