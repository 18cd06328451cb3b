import { type ItemRef, refKey } from '../../inventory/itemRef.ts';
import type { IntegrationEntry } from '../../inventory/groups.ts';
import { signInMethods } from '../../words/integrations.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';
import { MAX_LIST_ROWS, moreRows, plain, row } from './rows.ts';
import { statusValue } from './statusValue.ts';

/** A row whose label opens an item. */
export interface LinkedRow {
  readonly ref: ItemRef;
  readonly label: string;
  readonly values: readonly DetailsValue[];
  /** Whether the panel shows this item already, so that nothing would open. */
  readonly isShown?: boolean;
}

/** Rows whose labels open other items. An inserted row does not change the keys of the others. */
export function linkedRows<T>(name: string, items: readonly T[], link: (item: T) => LinkedRow): DetailsRow[] {
  const linked = items.slice(0, MAX_LIST_ROWS).map(link);
  const repeats = new Map<string, number>();
  const rows = linked.map(({ ref, label, values, isShown }): DetailsRow => {
    const key = refKey(ref);
    const repeat = repeats.get(key) ?? 0;
    repeats.set(key, repeat + 1);
    // The page identifies rows by key and ref.
    return { ...row(`${name}-${repeat}`, label, values), ...(isShown !== true && { open: ref }) };
  });
  return [...rows, ...moreRows(name, items.length)];
}

/** How people can sign in, and the integration's own status unless there is nothing to say about it. */
export function signInAndStatus(entry: IntegrationEntry): readonly DetailsValue[] {
  const { status } = entry;
  const state = statusValue(status);
  const methods = plain(signInMethods(entry, false));
  if (state === undefined) {
    return [methods];
  }
  // Not the same words twice.
  return status.reasons[0]?.code === 'noSignIn' ? [state] : [methods, state];
}
