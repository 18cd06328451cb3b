import type { ApiKeys } from '../account/apiKeys.ts';
import type { Environment } from '../account/environment.ts';
import type { SessionStore } from '../account/session.ts';
import type { Memento } from 'vscode';
import type { Checks } from '../checks/checks.ts';
import type { ChangeTracker } from '../inventory/changeTracker.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Log } from '../platform/log.ts';
import type { Panels } from '../views/panels.ts';
import type { VisibleTree } from '../views/tree/visibleTree.ts';
import type { IntegrationsView } from '../views/tree/integrationsView.ts';
import type { TreeOptionsStore } from '../views/tree/treeOptionsStore.ts';
import type { CommandTarget } from './commandTarget.ts';
import type { Recents } from './recents.ts';
import type { Selection } from './selection.ts';

/** The parts of the application that commands use. */
export interface CommandParts {
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
  readonly checks: Checks;
  readonly changes: ChangeTracker;
  readonly globalState: Memento;
  readonly treeOptions: TreeOptionsStore;
  readonly visibleTree: VisibleTree;
  readonly recents: Recents;
  readonly view: IntegrationsView;
  readonly panels: Panels;
  readonly log: Log;
}

/** What commands that are loaded on demand get: most of them act on rows. */
export interface CommandContext extends CommandParts {
  readonly selection: Selection;
}

/**
 * @param on what the command is run on; empty from the command palette
 * @returns false if it did nothing, e.g. because the user canceled it; a text if what was copied is not exactly the
 *   value; other results mean nothing
 */
export type Command<Context = CommandContext> = (context: Context, on: CommandTarget) => unknown;
