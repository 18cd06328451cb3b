import { ViewColumn, type WebviewPanel, type WebviewPanelOptions, window } from 'vscode';
import { type WebviewName, webviewType } from '../names.ts';

/** The editor's find bar works in every panel. */
const OPTIONS: WebviewPanelOptions = { enableFindWidget: true };

/** Opens a panel for a webview in the active column. */
export function openPanel(name: WebviewName, preserveFocus: boolean): WebviewPanel {
  const column = { viewColumn: ViewColumn.Active, preserveFocus };
  return window.createWebviewPanel(webviewType(name), '', column, OPTIONS);
}

/**
 * A restored panel with the current options. The editor stores the options with the panel, and they cannot be changed:
 * a panel that was opened by a version without the find bar is replaced.
 */
export function currentPanel(panel: WebviewPanel): WebviewPanel {
  if (panel.options.enableFindWidget === true) {
    return panel;
  }
  // The editor restores a panel once it becomes visible, so the new one does not come to the front unasked.
  const { viewType, title, viewColumn = ViewColumn.Active, active } = panel;
  const replacement = window.createWebviewPanel(
    viewType,
    title,
    { viewColumn, preserveFocus: !active },
    OPTIONS,
  );
  panel.dispose();
  return replacement;
}
