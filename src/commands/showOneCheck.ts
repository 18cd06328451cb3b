import { commands, l10n } from 'vscode';
import { ownerOf } from '../account/account.ts';
import type { CheckTarget } from '../checks/askedAbout.ts';
import type { CheckKind } from '../checks/checkState.ts';
import { checkTargets } from '../checks/checkTargets.ts';
import type { RunOutcome } from '../checks/runChecks.ts';
import { refKey } from '../inventory/itemRef.ts';
import { isProblem } from '../inventory/statuses.ts';
import { canConnect } from '../words/connect.ts';
import { failureSentence } from '../words/checks.ts';
import { type LeftOut, leftOutText } from '../words/checkSummary.ts';
import type { CommandContext } from './command.ts';
import { type MessageAction, showMessage } from './showMessage.ts';

export interface OneCheck {
  readonly kind: CheckKind;
  readonly target: CheckTarget;
  readonly outcome: Pick<RunOutcome<unknown, unknown>, 'failed'>;
  readonly leftOut: readonly LeftOut[];
  /**
   * What the runner answered, as sentences.
   *
   * @param now the integration as it is now, with the status that follows from the answer
   */
  readonly answerText: (now: CheckTarget) => readonly (string | undefined)[];
  readonly again: () => unknown;
}

/** Says how the check of a single integration ended, unless it was stopped. */
export async function showOneCheck(
  { session, groups, panels, log }: CommandContext,
  { kind, target, outcome, leftOut, answerText, again }: OneCheck,
): Promise<void> {
  const [failed] = outcome.failed;
  const others = leftOutText(leftOut);
  const { ref } = target.entry;
  // Whoever sees them, for example because the check was started there, needs no button.
  const details: readonly MessageAction[] = panels.details.isShown(ref)
    ? []
    : [{ label: l10n.t('Show Details'), run: () => panels.details.show(ref, false) }];
  if (failed !== undefined) {
    const { failure } = failed;
    const text = [failureSentence(failure, kind, target.runner), others].join(' ');
    const mayHelp: readonly MessageAction[] = [
      { label: l10n.t('Retry'), run: again },
      { label: l10n.t('Show Log'), run: () => log.show() },
    ];
    await (failure.kind === 'timeout' || failure.kind === 'failed'
      ? showMessage('warning', text, mayHelp)
      : // That a runner is not active is a result.
        showMessage(failure.kind === 'notActive' ? 'information' : 'warning', text, details));
    return;
  }
  await groups.whenGrouped();
  const [now = target] = checkTargets(groups.runners, [target.entry]);
  const parts = [...answerText(now), others].filter((part) => part !== undefined);
  const { own, signedIn } = now.entry.status;
  const connect: MessageAction = {
    label: l10n.t('Connect…'),
    run: () => commands.executeCommand('onaScm.connect', refKey(now.entry.ref)),
  };
  const isOffered =
    kind === 'access' && signedIn === false && canConnect(now.entry, ownerOf(session.account));
  const actions = isOffered ? [connect, ...details] : details;
  await showMessage(isProblem(own) ? 'warning' : 'information', parts.join(' '), actions);
}
