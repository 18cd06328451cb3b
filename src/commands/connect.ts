import { l10n, ProgressLocation, window } from 'vscode';
import { ownerOf } from '../account/account.ts';
import { gitAuthenticationsUrl } from '../account/dashboardUrls.ts';
import type { HostAccess } from '../api/hostAccess.ts';
import type { CallOutcome } from '../checks/callRunner.ts';
import type { CheckFailure } from '../checks/checkState.ts';
import { isLasting } from '../checks/pollForSignIn.ts';
import { findItem, findRunner } from '../inventory/groups.ts';
import { openInBrowser } from '../platform/openInBrowser.ts';
import { absenceText } from '../words/absence.ts';
import { serviceAccountSentence, signedInSentence, unaskedSentence } from '../words/connect.ts';
import { errorText } from '../words/errors.ts';
import { hostText } from '../words/integrations.ts';
import { isServiceAccount, problemSentence, reasonSentence } from '../words/reasons.ts';
import { runnerName } from '../words/runners.ts';
import type { Command, CommandParts } from './command.ts';
import { type ConnectTarget, currentCall } from './connect/connectTarget.ts';
import { createToken } from './connect/createToken.ts';
import { refreshOnReturn, stopWaiting, waitForSignIn } from './connect/waitForSignIn.ts';
import { notificationText } from './showMessage.ts';

/** What follows once a page was opened. */
type Next = typeof waitForSignIn;

/** *Connect…*: leads to where a person signs in to the host of an integration, then waits until its runner says so. */
export const connect: Command = async (context, { row, key }) => {
  const { selection, session, groups } = context;
  // A person signs in to one host at a time: of several selected rows, the one that the command was run on.
  const [entry] = await selection.integrations({ row, key }, l10n.t('Connect'));
  const { connection } = session;
  if (entry === undefined || connection === undefined) {
    return;
  }
  const runner = findRunner(groups.runners, entry.ref.runnerId);
  if (runner === undefined || findItem(groups.runners, entry.ref) === undefined) {
    // The details still show it.
    const isGone = groups.state.kind !== 'loading';
    void window.showInformationMessage(notificationText(absenceText(entry.ref, groups.state, isGone)));
    return;
  }
  const subject = ownerOf(session.account) ?? groups.state.signIns?.subject;
  const { oauth, pat } = entry.integration;
  if (subject !== undefined && isServiceAccount(subject)) {
    void window.showInformationMessage(serviceAccountSentence(subject));
  } else if (oauth === undefined && !pat) {
    void window.showWarningMessage(notificationText(problemSentence('noSignIn', entry)));
  } else {
    await start(context, { entry, runner, connection });
  }
};

async function start(context: CommandParts, target: ConnectTarget): Promise<void> {
  const { entry } = target;
  stopWaiting(entry.ref);
  if (currentCall(context, target) === undefined) {
    await offerDashboard(context, target, undefined);
    return;
  }
  const store = await context.checks.store();
  const { lastAnswer } = store.checksOf(entry).access;
  const { signedIn, methods } = lastAnswer?.result ?? {};
  if (signedIn === false && methods !== undefined) {
    await choose(context, target, methods, waitForSignIn);
    return;
  }
  const outcome = await askFirst(context, target);
  switch (outcome.kind) {
    case 'answer':
      await (outcome.answer.authenticated
        ? offerRenewal(context, target, outcome.answer)
        : choose(context, target, outcome.answer, waitForSignIn));
      break;
    case 'failure':
      await (isLasting(outcome.failure)
        ? offerDashboard(context, target, outcome.failure)
        : openDashboard(context, target, waitForSignIn));
      break;
    case 'keyRefused':
      void window.showErrorMessage(notificationText(errorText(outcome.error)));
      break;
    case 'canceled':
      break;
  }
}

/** Asks the runner how people sign in, and whether this one is signed in already. */
async function askFirst(context: CommandParts, target: ConnectTarget): Promise<CallOutcome<HostAccess>> {
  const { entry, runner } = target;
  const store = await context.checks.store();
  const title = l10n.t('Asking {0} how you can sign in to {1}…', runnerName(runner), hostText(entry));
  return window.withProgress(
    { location: ProgressLocation.Notification, title: notificationText(title), cancellable: true },
    (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const call = currentCall(context, target);
      return call === undefined
        ? Promise.resolve({ kind: 'canceled' } as const)
        : store.checkAccess(call, stop.signal);
    },
  );
}

/** Says that the person is signed in. If their token ends, they may want to renew it. */
async function offerRenewal(
  context: CommandParts,
  target: ConnectTarget,
  methods: Pick<HostAccess, 'pat'>,
): Promise<void> {
  const { entry, runner } = target;
  const end = endOf(target);
  const sentence = signedInSentence(entry, runner);
  if (end === undefined) {
    void window.showInformationMessage(notificationText(sentence));
    // The sign-in may not be on record yet.
    void context.inventory.refreshNow('plain');
    return;
  }
  const renew = l10n.t('Renew…');
  const message = notificationText(`${sentence} ${reasonSentence(end, entry, runner)}`);
  if ((await window.showInformationMessage(message, renew)) === renew) {
    await choose(context, target, methods, refreshOnReturn);
  }
}

/** The runner cannot say whether it worked, but people sign in on the dashboard. */
async function offerDashboard(
  context: CommandParts,
  target: ConnectTarget,
  failure: CheckFailure | undefined,
): Promise<void> {
  const open = l10n.t('Open Git Authentications');
  const message = notificationText(unaskedSentence(failure, target.entry, target.runner));
  if ((await window.showWarningMessage(message, open)) === open) {
    await openDashboard(context, target, undefined);
  }
}

/** Signs in on the dashboard or, if the runner supports tokens, in the way that the person chooses. */
async function choose(
  context: CommandParts,
  target: ConnectTarget,
  { pat }: Pick<HostAccess, 'pat'>,
  next: Next,
): Promise<void> {
  if (pat === undefined) {
    await openDashboard(context, target, next);
    return;
  }
  const dashboard = l10n.t('Sign In on the Dashboard');
  const token = l10n.t('Create a Personal Access Token…');
  // Not a quick pick: redrawing the row that has just received an answer gives the tree the focus, which would close it.
  const chosen = await window.showInformationMessage(
    l10n.t('Connect to {0}', hostText(target.entry)),
    {
      modal: true,
      detail: l10n.t(
        'You can sign in on the Git Authentications page of the dashboard, or create a personal access token and enter it there.',
      ),
    },
    dashboard,
    token,
  );
  if (chosen === dashboard || (chosen === token && (await createToken(target, pat)))) {
    await openDashboard(context, target, next);
  }
}

/** @param next not awaited: it may wait until the person returns to the window */
async function openDashboard(
  context: CommandParts,
  target: ConnectTarget,
  next: Next | undefined,
): Promise<void> {
  const { connection } = target;
  // Somebody may have signed in with another key meanwhile.
  if (context.session.connection !== connection) {
    return;
  }
  if ((await openInBrowser(gitAuthenticationsUrl(connection.apiUrl))) && next !== undefined) {
    next(context, target).catch((error: unknown) => context.log.error(error as Error));
  }
}

/** The reason that a token of the person ends. */
function endOf({ entry }: ConnectTarget) {
  return entry.status.reasons.find(({ code }) => code === 'tokenEnding' || code === 'tokenEnded');
}
