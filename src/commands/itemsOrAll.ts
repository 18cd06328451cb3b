import { l10n, window } from 'vscode';
import type { ItemEntry } from '../inventory/groups.ts';
import type { CommandContext } from './command.ts';
import type { CommandTarget } from './commandTarget.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

export interface ItemsOrAll {
  /** Of the quick picks. */
  readonly title: string;
  /** The name of everything, as a choice. */
  readonly all: string;
  readonly withItems: (items: readonly ItemEntry[]) => Promise<boolean>;
  readonly withAll: () => Promise<boolean>;
}

/**
 * Acts on rows. If none are selected, the user chooses between everything and an item.
 *
 * @returns false if the user cancels
 */
export async function itemsOrAll(
  { selection, session }: CommandContext,
  on: CommandTarget,
  { title, all, withItems, withAll }: ItemsOrAll,
): Promise<boolean> {
  if (selection.inTree(on).length === 0) {
    if (!(await ensureSignedIn(session))) {
      return false;
    }
    const choice = await window.showQuickPick([all, l10n.t('A Runner or an Integration…')], { title });
    if (choice === undefined) {
      return false;
    }
    if (choice === all) {
      return withAll();
    }
  }
  const items = await selection.items(on, title);
  return items.length > 0 && withItems(items);
}
