import type { Uri } from 'vscode';
import type { ApiKeys } from '../account/apiKeys.ts';
import type { Environment } from '../account/environment.ts';
import type { SessionStore } from '../account/session.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Log } from '../platform/log.ts';
import type { DetailsPanels } from '../views/details/detailsPanels.ts';
import type { TreeElement } from '../views/tree/integrationsTree.ts';
import type { ArrangedRows } from '../views/tree/arrangedRows.ts';
import type { TreeWish } from '../views/tree/treeWish.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import type { IntegrationsView } from '../views/tree/integrationsView.ts';
import { openSettings, signIn, signInAgain, signOut } from './account.ts';
import type { CommandId } from '../names.ts';
import { copyHost, copyId, copyRunnerId } from './copy.ts';
import { keepDetails, showDetails } from './details.ts';
import { groupRowsBy } from './groupBy.ts';
import type { LaterCommands } from './later.ts';
import { refresh, showProblem } from './load.ts';
import type { Recents } from './recents.ts';
import * as selection from './selection.ts';
import { switchOrganization } from './switchOrganization.ts';

/** What commands may ask for something. */
export interface CommandContext {
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
  readonly wish: TreeWish;
  readonly arranged: ArrangedRows;
  readonly recents: Recents;
  readonly view: IntegrationsView;
  readonly details: DetailsPanels;
  readonly log: Log;
}

/** What a command is run on: a row of the tree, or what a panel or a quick pick hands over. */
export type CommandTarget = TreeElement | ItemEntry;

/**
 * A command. From a row it gets the row and, where several are selected, all of them; from palette and keyboard
 * neither.
 */
export type Command = (
  context: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
) => unknown;

/** One of the commands that are loaded when the first of them is run: a file of their own (esbuild.mjs). */
function later(name: keyof LaterCommands): Command {
  return async (context, row, rows) => {
    const { LATER_COMMANDS } = await import('./later.ts');
    await LATER_COMMANDS[name]({ ...context, selection }, row, rows);
  };
}

/** Follows a link into the extension. */
export async function openLink(context: CommandContext, uri: Uri): Promise<void> {
  const { openLink } = await import('./later.ts');
  await openLink({ ...context, selection }, uri);
}

const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'onaScm.signIn': signIn,
  'onaScm.signInAgain': signInAgain,
  'onaScm.signOut': signOut,
  'onaScm.switchOrganization': switchOrganization,
  'onaScm.openSettings': openSettings,
  'onaScm.refresh': refresh,
  'onaScm.retryRunners': ({ inventory }) => inventory.retryFailedRunners(),
  'onaScm.cancelRefresh': ({ inventory }) => inventory.cancel(),
  'onaScm.find': later('find'),
  'onaScm.filter': later('filter'),
  'onaScm.clearFilter': later('clearFilter'),
  'onaScm.groupByRunner': groupRowsBy('runner'),
  'onaScm.groupByProvider': groupRowsBy('provider'),
  'onaScm.groupByHost': groupRowsBy('host'),
  'onaScm.showMore': ({ view }, more) => view.showMore(more && 'node' in more ? more : undefined),
  'onaScm.showProblem': showProblem,
  'onaScm.showDetails': showDetails,
  'onaScm.keepDetails': keepDetails,
  'onaScm.copyId': copyId,
  'onaScm.copyRunnerId': copyRunnerId,
  'onaScm.copyHost': copyHost,
  'onaScm.copyJson': later('copyJson'),
  'onaScm.copyCurl': later('copyCurl'),
  'onaScm.copyTerraformImport': later('copyTerraformImport'),
  'onaScm.copyLink': later('copyLink'),
  'onaScm.openJson': later('openJson'),
  'onaScm.compareJson': later('compareJson'),
  'onaScm.export': later('exportChosen'),
  'onaScm.exportAll': later('exportAll'),
  'onaScm.openHost': later('openHost'),
  'onaScm.openDashboard': later('openDashboard'),
  'onaScm.openDocs': later('openDocs'),
  'onaScm.showLog': ({ log }) => log.show(),
};

/** Runs a command. Its result stays here: a command's answer is visible to every extension. */
export async function runCommand(
  context: CommandContext,
  id: CommandId,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
): Promise<void> {
  await COMMANDS[id](context, row, rows);
}
