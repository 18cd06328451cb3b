import type { ItemEntry } from '../inventory/groups.ts';
import { refKey } from '../inventory/itemRef.ts';
import { itemsOf } from '../views/tree/nodes.ts';
import type { CommandRow } from './commandTarget.ts';

/** The items that rows stand for, without duplicates. */
export function itemsOfRows(rows: readonly CommandRow[]): readonly ItemEntry[] {
  const entries = rows.flatMap((row) => ('node' in row ? itemsOf(row.node) : [row]));
  return [...new Map(entries.map((entry) => [refKey(entry.ref), entry])).values()];
}
