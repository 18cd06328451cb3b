import { commands, l10n } from 'vscode';
import type { CheckTarget } from '../checks/askedAbout.ts';
import { checkTargets } from '../checks/checkTargets.ts';
import { isProblem } from '../inventory/statuses.ts';
import { type CheckSummary, summaryText } from '../words/checkSummary.ts';
import type { CommandContext } from './command.ts';
import { type MessageAction, showMessage } from './showMessage.ts';
import { showProblemsOf } from './showProblemsOf.ts';

/**
 * Says what checks came to. *Show* leads to what needs attention now.
 *
 * @param answered what runners have answered about
 */
export async function showCheckSummary(
  context: CommandContext,
  summary: CheckSummary,
  answered: readonly CheckTarget[],
): Promise<void> {
  const { groups, log } = context;
  await groups.whenGrouped();
  const now = checkTargets(
    groups.runners,
    answered.map(({ entry }) => entry),
  );
  const problems = now.filter(({ entry }) => isProblem(entry.status.own));
  const { failed, skipped, stoppedBy } = summary;
  // That a runner is not active is a result.
  const hasFailed = skipped.length > 0 || failed.some(({ failure }) => failure.kind !== 'notActive');
  const actions: readonly (MessageAction | false)[] = [
    stoppedBy !== undefined && {
      label: l10n.t('Sign In Again'),
      run: () => commands.executeCommand('onaScm.signInAgain'),
    },
    problems.length > 0 && { label: l10n.t('Show'), run: () => showProblemsOf(context, problems) },
    problems.length === 0 && hasFailed && { label: l10n.t('Show Log'), run: () => log.show() },
  ];
  await showMessage(
    problems.length > 0 || hasFailed || stoppedBy !== undefined ? 'warning' : 'information',
    summaryText(summary),
    actions.filter((action) => action !== false),
  );
}
