import * as l10n from '@vscode/l10n';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import { lacksSignIn } from '../../inventory/lacksSignIn.ts';
import type { Reason } from '../../inventory/reasons.ts';
import { reasonWords, statusWords } from '../../words/status.ts';

/** What the row of an integration says of its status. */
export interface IntegrationWords {
  /** First in the row: its worst reason or that it works, and whether its runner is offline. */
  readonly problems: readonly string[];
  readonly isOffline: boolean;
  /** Whether to say how people sign in: not if `problems` says that nobody can. */
  readonly hasMethods: boolean;
  /** Who operates it, if that is Ona. */
  readonly manager: string | undefined;
  /** Last in the row: it says something about a person, not about the integration. */
  readonly notSignedIn: string | undefined;
}

/** @param runner undefined if the row stands on its own */
export function integrationWords(entry: IntegrationEntry, runner: RunnerEntry | undefined): IntegrationWords {
  const { status, isInherited, managed } = entry;
  const { own, reasons } = status;
  const isOffline = runner !== undefined && isOfflineRemote(runner);
  const hint = reasons.length === 0 ? status.hint : undefined;
  const first = statusWords(status) ?? (hint && reasonWords(hint));
  const isSaid = own === 'works' || reasons.some(({ code }) => code === 'signedOut');
  return {
    problems: [...(first === undefined ? [] : [first]), ...(isOffline ? [l10n.t('runner offline')] : [])],
    isOffline,
    hasMethods: ![...reasons, hint].some((reason) => reason?.code === 'noSignIn'),
    manager: isInherited ? l10n.t('managed by Ona') : managed ? l10n.t('on Ona Cloud') : undefined,
    notSignedIn:
      runner !== undefined && !isSaid && !(status.signedIn ?? !lacksSignIn(entry, runner.role))
        ? l10n.t('not signed in')
        : undefined,
  };
}

/** Whether a runner that should always run does not. */
export function isOfflineRemote({ status }: RunnerEntry): boolean {
  return status.reasons.some(({ code }) => code === 'offline');
}

/** The reasons of a runner that concern its integrations too. */
export function phaseReasons({ status }: RunnerEntry): readonly Reason[] {
  return status.reasons.filter(({ code }) => code === 'offline' || code === 'degraded');
}
