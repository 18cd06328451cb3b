import { l10n, ProgressLocation, window } from 'vscode';
import type { CheckStore } from '../checks/checkStore.ts';
import { runChecks, type RunOutcome } from '../checks/runChecks.ts';
import type { CallOutcome } from '../checks/callRunner.ts';
import type { CheckKind } from '../checks/checkState.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { refKey } from '../inventory/itemRef.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import { ContextKeySetter } from '../platform/contextKeys.ts';
import type { Command } from './command.ts';

/** What is asked in one go. */
export interface CheckRun<Call, Answer> {
  readonly kind: CheckKind;
  readonly calls: readonly Call[];
  readonly entriesOf: (call: Call) => readonly IntegrationEntry[];
  readonly check: (call: Call, signal: AbortSignal) => Promise<CallOutcome<Answer>>;
  /** See `RunOptions`. */
  readonly ended: AbortSignal;
}

/*
 * The runs of the window. Not among the parts of the application, because most windows never have one.
 */
const runs = new Set<AbortController>();
/** What is asked about or waits for its turn. */
const pending = new Set<string>();
const contextKeys = new ContextKeySetter();

/** Whether a runner is being asked about an integration, or soon will be. */
export function isBeingAsked(kind: CheckKind, entry: IntegrationEntry, store: CheckStore): boolean {
  return pending.has(keyOf(kind, entry)) || store.checksOf(entry)[kind].running === true;
}

/** Asks, with progress in the view and, if there are several calls, in a notification. */
export async function runInView<Call extends { readonly runner: RunnerEntry }, Answer>({
  kind,
  calls,
  entriesOf,
  check,
  ended,
}: CheckRun<Call, Answer>): Promise<RunOutcome<Call, Answer>> {
  const run = new AbortController();
  const keys = calls.flatMap((call) => entriesOf(call).map((entry) => keyOf(kind, entry)));
  runs.add(run);
  keys.forEach((key) => pending.add(key));
  showWhetherChecking();
  try {
    return await window.withProgress({ location: { viewId: INTEGRATIONS_VIEW } }, () =>
      calls.length === 1
        ? runChecks(calls, check, { signal: run.signal, ended })
        : runWithNotification({ kind, calls, check, ended }, run),
    );
  } finally {
    runs.delete(run);
    keys.forEach((key) => pending.delete(key));
    showWhetherChecking();
  }
}

/** *Cancel Check*: of all that is being checked. What has been answered stays. */
export const cancelChecks: Command = () => {
  if (runs.size === 0) {
    // After a restart of the extension host, the editor still offers the command.
    showWhetherChecking();
    void window.showInformationMessage(l10n.t('No check is running.'));
  }
  runs.forEach((run) => run.abort());
};

function runWithNotification<Call extends { readonly runner: RunnerEntry }, Answer>(
  { kind, calls, check, ended }: Omit<CheckRun<Call, Answer>, 'entriesOf'>,
  run: AbortController,
): Thenable<RunOutcome<Call, Answer>> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: kind === 'access' ? l10n.t('Checking access') : l10n.t('Validating configurations'),
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => run.abort());
      return runChecks(calls, check, {
        signal: run.signal,
        ended,
        onProgress: (done, of) =>
          progress.report({
            message: l10n.t('{0} of {1}', done, of),
            increment: done === 0 ? 0 : 100 / of,
          }),
      });
    },
  );
}

function showWhetherChecking(): void {
  contextKeys.setAll({ 'onaScm.checking': runs.size > 0 });
}

function keyOf(kind: CheckKind, { ref }: IntegrationEntry): string {
  return `${kind} ${refKey(ref)}`;
}
