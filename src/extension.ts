import { type ExtensionContext } from 'vscode';
import { ApiKeys } from './account/apiKeys.ts';
import { SessionStore } from './account/session.ts';
import { registerCommands } from './commands/index.ts';
import { createExportedApi, type OnaScmApi } from './exportedApi.ts';
import { Inventory } from './inventory/inventory.ts';
import { Live } from './inventory/live.ts';
import { Log } from './platform/log.ts';
import {
  configuredApiUrl,
  onSettingChange,
  refreshIntervalMs,
  requestTimeoutMs,
} from './platform/settings.ts';
import { DetailsPanels } from './views/details/detailsPanels.ts';
import { RunnerGroups } from './views/tree/runnerGroups.ts';
import { IntegrationsView } from './views/tree/integrationsView.ts';

/** Makes the parts and hands them to each other. Nothing here waits for the network. */
export function activate(context: ExtensionContext): OnaScmApi {
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
  const exportedApi = createExportedApi(session, inventory);
  context.subscriptions.push(
    exportedApi.subscriptions,
    registerCommands({ apiKeys, session, inventory, groups, view, details, log }),
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
  return exportedApi.api;
}
