import { l10n, ProgressLocation, window } from 'vscode';

/**
 * Waits for something that a load will do. Shows that, and lets the user cancel it.
 *
 * @returns what `done` resolves to; false if the user cancels
 */
export function waitForLoad(done: Promise<boolean>): Thenable<boolean> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Waiting for all integrations to load…'),
      cancellable: true,
    },
    (_, token) =>
      Promise.race([
        done,
        new Promise<boolean>((resolve) => token.onCancellationRequested(() => resolve(false))),
      ]),
  );
}
