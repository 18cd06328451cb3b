import { l10n, ProgressLocation, window } from 'vscode';
import { askOnReturn, pollForSignIn, type SignInPollEnd } from '../../checks/pollForSignIn.ts';
import { findItem } from '../../inventory/groups.ts';
import { type ItemRef, refKey } from '../../inventory/itemRef.ts';
import { onDidReturn } from '../../platform/windowFocus.ts';
import { failureSentence } from '../../words/checks.ts';
import { gaveUpSentence, signedInSentence, stillNotSentence } from '../../words/connect.ts';
import { errorText } from '../../words/errors.ts';
import { hostText } from '../../words/integrations.ts';
import { runnerName } from '../../words/runners.ts';
import type { CommandParts } from '../command.ts';
import { notificationText } from '../showMessage.ts';
import { type ConnectTarget, currentCall } from './connectTarget.ts';

/** What is waited for, by `refKey`. */
const waits = new Map<string, AbortController>();

/** Ends the wait for a sign-in to an integration: a second *Connect…* replaces the first. */
export function stopWaiting(ref: ItemRef): void {
  waits.get(refKey(ref))?.abort();
}

/** Waits until the runner says that the person is signed in, and reports that. Canceled with the session. */
export async function waitForSignIn(context: CommandParts, target: ConnectTarget): Promise<void> {
  await replacing(context, target, async (signal, cancel) => {
    const { entry, runner } = target;
    const poll = await questionOf(context, target, signal, true);
    const end = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: notificationText(
          l10n.t('Waiting for your sign-in to {0} on {1}…', hostText(entry), runnerName(runner)),
        ),
        cancellable: true,
      },
      (_, token) => {
        token.onCancellationRequested(cancel);
        const { view, panels } = context;
        return pollForSignIn({
          ...poll,
          isVisible: () => view.isVisible || panels.details.isShown(entry.ref),
        });
      },
    );
    report(context, target, end, gaveUpSentence);
    if (end.kind === 'gaveUp') {
      const once = await questionOf(context, target, signal);
      report(context, target, await askOnReturn(once), stillNotSentence);
    }
  });
}

/**
 * Asks the runner, and reads the sign-ins on record, once the person returns: a token may have been renewed meanwhile.
 */
export async function refreshOnReturn(context: CommandParts, target: ConnectTarget): Promise<void> {
  await replacing(context, target, async (signal) => {
    const { kind } = await askOnReturn(await questionOf(context, target, signal));
    if (kind !== 'canceled') {
      await context.inventory.refreshNow('plain');
    }
  });
}

async function replacing(
  { session }: CommandParts,
  { entry, connection }: ConnectTarget,
  wait: (signal: AbortSignal, cancel: () => void) => Promise<void>,
): Promise<void> {
  const key = refKey(entry.ref);
  stopWaiting(entry.ref);
  const own = new AbortController();
  waits.set(key, own);
  const follow = () => {
    if (session.connection !== connection) {
      own.abort();
    }
  };
  const listener = session.onDidChange(follow);
  // While the editor asked whether to open the page, somebody may have signed in with another key.
  follow();
  try {
    await wait(own.signal, () => own.abort());
  } finally {
    listener.dispose();
    if (waits.get(key) === own) {
      waits.delete(key);
    }
  }
}

async function questionOf(context: CommandParts, target: ConnectTarget, signal: AbortSignal, isPoll = false) {
  const store = await context.checks.store();
  return {
    signal,
    onDidReturn,
    ask: async (stop: AbortSignal) => {
      const call = currentCall(context, target);
      if (call !== undefined) {
        return store.checkAccess(call, stop, isPoll);
      }
      // Its runner is offline now, or the integration was removed.
      return findItem(context.groups.runners, target.entry.ref) === undefined
        ? ({ kind: 'canceled' } as const)
        : ({ kind: 'failure', failure: { kind: 'notActive' } } as const);
    },
  };
}

function report(
  { inventory }: CommandParts,
  { entry, runner }: ConnectTarget,
  end: SignInPollEnd,
  notSignedIn: typeof gaveUpSentence,
): void {
  switch (end.kind) {
    case 'signedIn':
      void window.showInformationMessage(notificationText(signedInSentence(entry, runner)));
      // The sign-in that is now on record.
      void inventory.refreshNow('plain');
      break;
    case 'gaveUp':
      void window.showInformationMessage(notificationText(notSignedIn(end.failure, entry, runner)));
      break;
    case 'refused':
      void window.showWarningMessage(notificationText(failureSentence(end.failure, 'access', runner)));
      break;
    case 'keyRefused':
      void window.showErrorMessage(notificationText(errorText(end.error)));
      break;
    case 'canceled':
      break;
  }
}
