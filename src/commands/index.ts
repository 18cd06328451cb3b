import type { ApiKeys } from '../account/apiKeys.ts';
import type { Environment } from '../account/environment.ts';
import type { SessionStore } from '../account/session.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Log } from '../platform/log.ts';
import type { DetailsPanels } from '../views/details/detailsPanels.ts';
import type { TreeElement } from '../views/tree/integrationsTree.ts';
import type { ArrangedRows } from '../views/tree/arrangedRows.ts';
import type { TreeWish } from '../views/tree/treeWish.ts';
import type { RunnerGroups } from '../views/tree/runnerGroups.ts';
import type { IntegrationsView } from '../views/tree/integrationsView.ts';
import { openSettings, signIn, signInAgain, signOut } from './account.ts';
import type { CommandId } from './commandIds.ts';
import { copyHost, copyId, copyRunnerId } from './copy.ts';
import { keepDetails, showDetails } from './details.ts';
import { clearFilter, filter } from './filter.ts';
import { find } from './find.ts';
import { groupRowsBy } from './groupBy.ts';
import { refresh, showProblem } from './load.ts';
import type { Recents } from './recents.ts';
import { switchOrganization } from './switchOrganization.ts';

/** What commands may ask for something. */
export interface CommandContext {
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: RunnerGroups;
  readonly wish: TreeWish;
  readonly arranged: ArrangedRows;
  readonly recents: Recents;
  readonly view: IntegrationsView;
  readonly details: DetailsPanels;
  readonly log: Log;
}

/**
 * A command. From a row it gets the row and, where several are selected, all of them; from palette and keyboard
 * neither.
 */
export type Command = (
  context: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
) => unknown;

const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'onaScm.signIn': signIn,
  'onaScm.signInAgain': signInAgain,
  'onaScm.signOut': signOut,
  'onaScm.switchOrganization': switchOrganization,
  'onaScm.openSettings': openSettings,
  'onaScm.refresh': refresh,
  'onaScm.cancelRefresh': ({ inventory }) => inventory.cancel(),
  'onaScm.find': find,
  'onaScm.filter': filter,
  'onaScm.clearFilter': clearFilter,
  'onaScm.groupByRunner': groupRowsBy('runner'),
  'onaScm.groupByProvider': groupRowsBy('provider'),
  'onaScm.groupByHost': groupRowsBy('host'),
  'onaScm.showMore': ({ view }) => view.showMore(),
  'onaScm.showProblem': showProblem,
  'onaScm.showDetails': showDetails,
  'onaScm.keepDetails': keepDetails,
  'onaScm.copyId': copyId,
  'onaScm.copyRunnerId': copyRunnerId,
  'onaScm.copyHost': copyHost,
  'onaScm.showLog': ({ log }) => log.show(),
};

/** Runs a command. Its result stays here: a command's answer is visible to every extension. */
export async function runCommand(
  context: CommandContext,
  id: CommandId,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
): Promise<void> {
  await COMMANDS[id](context, row, rows);
}
