import type { Uri } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import type { Checks } from '../checks/checks.ts';
import type { AskedItemFacts } from '../inventory/askedItemFacts.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import type { ItemRef } from '../inventory/itemRef.ts';
import type { CommandId } from '../names.ts';

/** The parts of the application that panels use. */
export interface PanelContext {
  readonly session: SessionStore;
  readonly groups: GroupedInventory;
  readonly itemFacts: AskedItemFacts;
  readonly checks: Pick<Checks, 'checksOf'>;
  readonly extensionUri: Uri;
  /** Called with every item whose details are shown. */
  readonly opened: (ref: ItemRef) => void;
  /**
   * Runs a command on an item. If the item is not known, the command runs as from the Command Palette.
   *
   * @returns false if it did nothing, e.g. because the user canceled it; a text if what was copied is not exactly the value
   */
  readonly run: (id: CommandId, entry: ItemEntry | undefined) => Promise<unknown>;
}
