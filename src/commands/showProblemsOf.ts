import { commands } from 'vscode';
import type { CheckTarget } from '../checks/askedAbout.ts';
import { withProblemsTerm } from '../inventory/problemsTerm.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import type { CommandContext } from './command.ts';
import { filterWithoutTerm } from './problemsOnly.ts';
import { replaceFilter } from './replaceFilter.ts';

/** Shows problems only, among them these. The rest of the filter stays unless it hides one of them. */
export async function showProblemsOf(
  context: CommandContext,
  problems: readonly CheckTarget[],
): Promise<void> {
  const rest = await filterWithoutTerm(context);
  const { filter } = context.treeOptions.current;
  const isHidden = problems.some(
    ({ entry, runner }) => filter !== undefined && !filter.testFor(runner)(entry),
  );
  await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
  await replaceFilter(context, withProblemsTerm(isHidden ? '' : rest));
}
