import type { ItemEntry } from '../inventory/groups.ts';
import { TreeElement } from '../views/tree/treeElement.ts';

/** A row of the tree, or an item of a panel or a quick pick. */
export type CommandRow = TreeElement | ItemEntry;

/** What a command is run on. */
export interface CommandTarget {
  readonly row?: CommandRow | undefined;
  /** All selected rows, if there are several. They apply if `row` is one of them or undefined. */
  readonly rows?: readonly CommandRow[] | undefined;
  /** The `refKey` of an item, from a link in a tooltip. */
  readonly key?: string | undefined;
}

/**
 * Reads the arguments that VS Code passes to a command of the tree: the row, and all selected rows, or what a link
 * in a tooltip has instead. Anything else, such as the arguments of a keybinding, is ignored.
 */
export function commandTarget([row, rows]: readonly unknown[]): CommandTarget {
  return {
    row: row instanceof TreeElement ? row : undefined,
    key: typeof row === 'string' ? row : undefined,
    rows: Array.isArray(rows) ? rows.filter((other) => other instanceof TreeElement) : undefined,
  };
}
