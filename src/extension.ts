import {
  commands,
  l10n,
  MarkdownString,
  type ExtensionContext,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { App } from './app.ts';
import { createExportedApi, type OnaScmApi } from './exportedApi.ts';
import { type CommandId, DOCUMENT_SCHEME, WEBVIEWS, webviewType } from './names.ts';
import { ReadOnlyFiles } from './views/documents/readOnlyFiles.ts';

/**
 * Registers what leads into the application, and starts that once the editor has had its turn: it is nearly all the code,
 * which nobody's activation should wait for.
 */
export function activate(context: ExtensionContext): OnaScmApi {
  const life = new AbortController();
  const app = start(context, life.signal);
  app.catch((error: unknown) => {
    if (!life.signal.aborted) {
      const reason = error instanceof Error ? error.name : typeof error;
      void window.showErrorMessage(l10n.t('SCM Integrations for Ona could not start: {0}.', reason));
    }
  });
  const documents = new ReadOnlyFiles(async (uri) => (await app).documents.textOf(uri));
  void app.then(
    (started) => context.subscriptions.push(started.documents.onDidChange((uris) => documents.change(uris))),
    () => undefined,
  );
  const exportedApi = createExportedApi(app.then(({ snapshots }) => snapshots));
  context.subscriptions.push(
    { dispose: () => life.abort() },
    exportedApi.subscriptions,
    ...commandIds(context).map((id) =>
      commands.registerCommand(id, async (...args: unknown[]) => (await app).runCommand(id, args)),
    ),
    ...WEBVIEWS.map((name) =>
      window.registerWebviewPanelSerializer(webviewType(name), {
        deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) =>
          (await app).restorePanel(name, panel, state),
      }),
    ),
    window.registerUriHandler({ handleUri: async (uri) => (await app).openLink(uri) }),
    documents,
    workspace.registerFileSystemProvider(DOCUMENT_SCHEME, documents, {
      isReadonly: new MarkdownString(l10n.t('It shows what the Ona API has told, and cannot be edited.')),
      isCaseSensitive: true,
    }),
  );
  return exportedApi.api;
}

/** The commands that the manifest declares. */
function commandIds({ extension }: ExtensionContext): readonly CommandId[] {
  const { contributes } = extension.packageJSON as {
    contributes: { commands: readonly { command: CommandId }[] };
  };
  return contributes.commands.map(({ command }) => command);
}

async function start(context: ExtensionContext, signal: AbortSignal): Promise<App> {
  await new Promise(setImmediate);
  // A file of its own beside this one (bundles.ts).
  const { startApp } = await import('./app.js');
  // The window may have been closed meanwhile: nobody would end what starts now.
  signal.throwIfAborted();
  return startApp(context);
}
