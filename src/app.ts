import { join } from 'node:path';
import { type ExtensionContext, type Uri, type WebviewPanel, window } from 'vscode';
import { fingerprintOf } from './account/knownAccount.ts';
import { ApiKeys } from './account/apiKeys.ts';
import { OnaAuthenticationProvider } from './account/authenticationProvider.ts';
import { Environment } from './account/environment.ts';
import { SessionStore } from './account/session.ts';
import { storageScope } from './account/storageScope.ts';
import { timedSecrets } from './account/timedSecrets.ts';
import { WindowChoices } from './account/windowChoice.ts';
import type { CommandId, WebviewName } from './names.ts';
import type { CommandParts } from './commands/command.ts';
import { commandTarget } from './commands/commandTarget.ts';
import { notifyOfChanges, openLink, runCommand, signInForOthers } from './commands/index.ts';
import { Recents } from './commands/recents.ts';
import { watchNetwork } from './base/networkChanges.ts';
import { Checks } from './checks/checks.ts';
import { ChangeTracker } from './inventory/changeTracker.ts';
import { Inventory } from './inventory/inventory.ts';
import { AutoRefresh } from './inventory/autoRefresh.ts';
import { AskedItemFacts } from './inventory/askedItemFacts.ts';
import { InventoryCache } from './inventory/inventoryCache.ts';
import { extensionPlace } from './platform/extensionPlace.ts';
import { Log } from './platform/log.ts';
import {
  configuredApiUrl,
  liveUpdates,
  notifyOnChange,
  onSettingChange,
  refreshIntervalMs,
  requestTimeoutMs,
} from './platform/settings.ts';
import { onDidChangeFocus } from './platform/windowFocus.ts';
import { SignOutCleanup } from './signOutCleanup.ts';
import { InventorySnapshots } from './inventorySnapshots.ts';
import { type ItemRef, refKey } from './inventory/itemRef.ts';
import { ReadOnlyDocuments } from './views/documents/readOnlyDocuments.ts';
import { VisibleTree } from './views/tree/visibleTree.ts';
import { createPanels } from './views/panels.ts';
import { IntegrationsView } from './views/tree/integrationsView.ts';
import { GroupedInventory } from './inventory/groupedInventory.ts';
import { loadErrorTexts } from './words/errorTexts.ts';
import { TreeOptionsStore } from './views/tree/treeOptionsStore.ts';

/** What the registrations in extension.ts call. */
export interface App {
  readonly snapshots: InventorySnapshots;
  readonly documents: ReadOnlyDocuments;
  openLink(uri: Uri): Promise<void>;
  /** @param state what the panel's page stored in an earlier window */
  restorePanel(name: WebviewName, panel: WebviewPanel, state: unknown): Promise<void>;
  /** @param args as VS Code passes them */
  runCommand(id: CommandId, args: readonly unknown[]): Promise<void>;
}

/** Creates the parts and passes them to each other. Nothing here waits for the network. */
export function startApp(context: ExtensionContext): App {
  const { version } = context.extension.packageJSON as { version: string };
  const { globalState, workspaceState, globalStorageUri, extensionUri } = context;
  const log = new Log();
  const logLine = (line: string) => log.info(line);
  const logDefect = (error: Error) => log.error(error);
  const secrets = timedSecrets(context.secrets, () => void session.follow());
  const apiKeys = new ApiKeys(secrets, globalState);
  const environment = new Environment(process.env, globalState);
  const session: SessionStore = new SessionStore({
    apiKeys,
    environment,
    choices: new WindowChoices(workspaceState),
    configuredApiUrl,
    endpoint: {
      timeoutMs: requestTimeoutMs,
      userAgent: `ona-scm-integrations/${version}`,
      log: logLine,
      sentFrom: extensionPlace(context.extension.extensionKind),
    },
  });
  const keptIn = (folder: string) => ({
    folder: join(globalStorageUri.fsPath, folder),
    scope: () => storageScope(secrets, globalState),
    log: logLine,
  });
  const cache = new InventoryCache(keptIn('snapshots'));
  const inventory = new Inventory({ session, cache, log: logDefect });
  const checks = new Checks({ session, inventory, kept: keptIn('answers'), log: logDefect });
  const itemFacts = new AskedItemFacts({ session, log: logLine, answers: checks });
  const groups = new GroupedInventory(inventory, itemFacts, loadErrorTexts, logDefect);
  const ofWorkspace = { state: workspaceState, account: () => session.account };
  const treeOptions = new TreeOptionsStore(ofWorkspace);
  const visibleTree = new VisibleTree(groups, treeOptions, logDefect);
  const changes: ChangeTracker = new ChangeTracker({
    session,
    inventory,
    kept: { log: keptIn('changes'), notified: keptIn('notified') },
    mayNotify: (): boolean => notifyOnChange() && [view, ...editors].some(({ isVisible }) => isVisible),
    notify: (losses) => notifyOfChanges(commandParts, losses),
    logDefect,
  });
  const view: IntegrationsView = new IntegrationsView({
    session,
    inventory,
    groups,
    visibleTree,
    checks,
    marks: changes.marks,
  });
  const recents = new Recents(ofWorkspace);
  const opened = (ref: ItemRef) => {
    void recents.add(ref);
    // VS Code reports no selection if its row is already selected.
    changes.marks.seen(refKey(ref));
  };
  const panels = createPanels({
    session,
    groups,
    itemFacts,
    checks,
    extensionUri,
    opened,
    run: (id, row) => runCommand(commandParts, id, { row }),
  });
  const commandParts: CommandParts = {
    apiKeys,
    environment,
    session,
    inventory,
    groups,
    checks,
    changes,
    globalState,
    treeOptions,
    visibleTree,
    recents,
    view,
    panels,
    log,
  };
  const documents = new ReadOnlyDocuments({ session, inventory, groups, changes });
  const editors = [...Object.values(panels), documents];
  const snapshots = new InventorySnapshots(session, inventory, groups);
  context.subscriptions.push(
    snapshots,
    onSettingChange(['apiUrl'], () => void session.restart()),
    // Other windows sign in and out too. VS Code may not report that, so re-check when this window regains focus.
    context.secrets.onDidChange(({ key }) => void (fingerprintOf(key) !== undefined && session.follow())),
    window.onDidChangeWindowState(({ focused }) => void (focused && session.follow())),
    inventory.onDidChange(({ kind, isLoading }) => {
      if (!isLoading && kind !== 'loading') {
        session.askForAccount(kind === 'ready');
      }
    }),
    groups.onDidChange(() => checks.noteSignIns(groups.runners)),
    new SignOutCleanup({ session, apiKeys, environment, cache, checks, changes, treeOptions, recents }),
    ...[view, ...editors].map(({ onDidChangeVisibility }) => onDidChangeVisibility(() => changes.remind())),
    onSettingChange(['notifyOnChange'], () => changes.remind()),
    new AutoRefresh({
      inventory,
      connection: () => session.connection,
      view,
      editors,
      intervalMs: refreshIntervalMs,
      isLive: liveUpdates,
      onDidChangeSettings: (listener) =>
        onSettingChange(['refreshInterval', 'liveUpdates'], () => listener(undefined)),
      isFocused: () => window.state.focused,
      onDidChangeFocus,
      watchNetwork,
      log: logLine,
      logDefect,
    }),
    new OnaAuthenticationProvider({
      session,
      state: globalState,
      signIn: () => signInForOthers({ session, environment }),
      log: logLine,
    }),
    ...editors,
    view,
    visibleTree,
    treeOptions,
    groups,
    itemFacts,
    checks,
    changes,
    inventory,
    session,
    log,
  );
  void session.restart().then(async () => {
    log.info(`SCM Integrations for Ona ${version}: ${session.current.kind}`);
    if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
      const { certificateWarning } = await import('./account/certificateWarning.ts');
      log.warn(certificateWarning(process.env));
    }
  });
  return {
    snapshots,
    documents,
    restorePanel: (name, panel, state) => panels[name].restore(panel, state),
    openLink: (uri) => openLink(commandParts, uri),
    runCommand: async (id, args) => {
      // Returns nothing, because the result of a command is visible to every extension.
      await runCommand(commandParts, id, commandTarget(args));
    },
  };
}
