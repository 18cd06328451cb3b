import {
  commands,
  type Disposable,
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
 * Registers everything that leads into the application, which starts in a later turn of the event loop: it is nearly
 * all the code, and other extensions should not have to wait for it.
 */
export function activate(context: ExtensionContext): OnaScmApi {
  const lifetime = new AbortController();
  const app = start(context, lifetime.signal);
  app.catch((error: unknown) => {
    if (!lifetime.signal.aborted) {
      const reason = error instanceof Error ? error.name : typeof error;
      void window.showErrorMessage(
        l10n.t('SCM Integrations for Ona could not start ({0}). Reload the window to try again.', reason),
      );
    }
  });
  const documents = new ReadOnlyFiles(async (uri) => (await app).documents.textOf(uri));
  void app.then(
    (started) => context.subscriptions.push(started.documents.onDidChange((uris) => documents.change(uris))),
    () => undefined,
  );
  const exportedApi = createExportedApi(app.then(({ snapshots }) => snapshots));
  context.subscriptions.push(
    { dispose: () => lifetime.abort() },
    exportedApi.subscriptions,
    ...commandIds(context).map((id) =>
      commands.registerCommand(id, async (...args: unknown[]) => (await app).runCommand(id, args)),
    ),
    window.registerUriHandler({ handleUri: async (uri) => (await app).openLink(uri) }),
    documents,
    workspace.registerFileSystemProvider(DOCUMENT_SCHEME, documents, {
      isReadonly: new MarkdownString(
        l10n.t('This document shows data from the Ona API and cannot be edited.'),
      ),
      isCaseSensitive: true,
    }),
  );
  // VS Code keeps panels until they can be restored, so this need not delay the activation.
  setImmediate(() => {
    if (!lifetime.signal.aborted) {
      context.subscriptions.push(...WEBVIEWS.map((name) => restorer(name, app)));
    }
  });
  return exportedApi.api;
}

function restorer(name: (typeof WEBVIEWS)[number], app: Promise<App>): Disposable {
  return window.registerWebviewPanelSerializer(webviewType(name), {
    deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) =>
      (await app).restorePanel(name, panel, state),
  });
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
  // A separate file in `dist` (bundles.ts).
  const { startApp } = await import('./app.js');
  // The window may have been closed meanwhile, and nothing would dispose of what starts now.
  signal.throwIfAborted();
  return startApp(context);
}
