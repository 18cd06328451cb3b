import type { ExtensionContext, WebviewPanel } from 'vscode';
import { ApiKeys } from './account/apiKeys.ts';
import { SessionStore } from './account/session.ts';
import type { CommandId } from './commands/commandIds.ts';
import { runCommand } from './commands/index.ts';
import { Inventory } from './inventory/inventory.ts';
import { Live } from './inventory/live.ts';
import { Log } from './platform/log.ts';
import {
  configuredApiUrl,
  onSettingChange,
  refreshIntervalMs,
  requestTimeoutMs,
} from './platform/settings.ts';
import { Snapshots } from './snapshots.ts';
import { DetailsPanels } from './views/details/detailsPanels.ts';
import type { DetailsState } from './views/details/messages.ts';
import type { TreeElement } from './views/tree/integrationsTree.ts';
import { IntegrationsView } from './views/tree/integrationsView.ts';
import { RunnerGroups } from './views/tree/runnerGroups.ts';

/** What the registrations of an activation lead to. */
export interface App {
  readonly snapshots: Snapshots;
  restoreDetails(panel: WebviewPanel, state: DetailsState | undefined): void;
  /** @param row and `rows`: as the editor hands them to a command of a tree */
  runCommand(
    id: CommandId,
    row: TreeElement | undefined,
    rows: readonly TreeElement[] | undefined,
  ): Promise<void>;
}

/** Makes the parts and hands them to each other. Nothing here waits for the network. */
export function startApp(context: ExtensionContext): App {
  const { version } = context.extension.packageJSON as { version: string };
  const log = new Log();
  const apiKeys = new ApiKeys(context.secrets, context.globalState, process.env);
  const session = new SessionStore({
    apiKeys,
    configuredApiUrl,
    endpoint: {
      timeoutMs: requestTimeoutMs,
      userAgent: `ona-scm-integrations/${version}`,
      log: (line) => log.info(line),
    },
  });
  const inventory = new Inventory(session, (error) => log.error(error));
  const groups = new RunnerGroups(inventory);
  const view = new IntegrationsView(session, inventory, groups);
  const details = new DetailsPanels({ session, inventory, groups, extensionUri: context.extensionUri });
  const snapshots = new Snapshots(session, inventory);
  context.subscriptions.push(
    snapshots,
    onSettingChange('apiUrl', () => void session.restart()),
    new Live({
      inventory,
      view,
      intervalMs: refreshIntervalMs,
      onDidChangeInterval: (listener) => onSettingChange('refreshInterval', listener),
    }),
    details,
    view,
    groups,
    inventory,
    session,
    log,
  );
  void session.restart().then(() => log.info(`SCM Integrations for Ona ${version}: ${session.current.kind}`));
  const commandContext = { apiKeys, session, inventory, groups, view, details, log };
  return {
    snapshots,
    restoreDetails: (panel, state) => details.restore(panel, state),
    runCommand: (id, row, rows) => runCommand(commandContext, id, row, rows),
  };
}
