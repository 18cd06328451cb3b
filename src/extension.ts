import { commands, type ExtensionContext, type WebviewPanel, window } from 'vscode';
import { COMMAND_IDS } from './commands/commandIds.ts';
import { createExportedApi, type OnaScmApi } from './exportedApi.ts';
import type { DetailsState } from './views/details/messages.ts';
import { DETAILS_VIEW_TYPE } from './views/details/viewType.ts';
import type { TreeElement } from './views/tree/integrationsTree.ts';

/**
 * Registers what leads into the application, and starts that once the editor has had its turn: it is nearly all the code,
 * which nobody's activation should wait for.
 */
export function activate(context: ExtensionContext): OnaScmApi {
  const app = new Promise(setImmediate)
    .then(() => import('./app.ts'))
    .then(({ startApp }) => startApp(context));
  const exportedApi = createExportedApi(app.then(({ snapshots }) => snapshots));
  context.subscriptions.push(
    exportedApi.subscriptions,
    ...COMMAND_IDS.map((id) =>
      commands.registerCommand(id, async (row?: TreeElement, rows?: readonly TreeElement[]) =>
        (await app).runCommand(id, row, rows),
      ),
    ),
    window.registerWebviewPanelSerializer(DETAILS_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel: WebviewPanel, state: DetailsState | undefined) =>
        (await app).restoreDetails(panel, state),
    }),
  );
  return exportedApi.api;
}
