import { window } from 'vscode';
import { withoutLinks } from '../base/text.ts';

/** In UTF-16 units: VS Code cuts off longer notifications. */
const MAX_LENGTH = 1000;

/** A button of a notification. */
export interface MessageAction {
  readonly label: string;
  readonly run: () => unknown;
}

/** Text for a notification, with names from the API, which cannot add links. */
export function notificationText(text: string): string {
  return withoutLinks(text, MAX_LENGTH);
}

/**
 * Shows a notification with buttons, and runs the chosen one. Texts from the API cannot add links.
 *
 * @returns once the notification is closed
 */
export async function showMessage(
  severity: 'information' | 'warning',
  text: string,
  actions: readonly MessageAction[] = [],
): Promise<void> {
  const labels = actions.map(({ label }) => label);
  const message = notificationText(text);
  const chosen = await (severity === 'warning'
    ? window.showWarningMessage(message, ...labels)
    : window.showInformationMessage(message, ...labels));
  await actions.find(({ label }) => label === chosen)?.run();
}
