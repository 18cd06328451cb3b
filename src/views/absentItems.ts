import { type ItemRef, refKey } from '../inventory/itemRef.ts';
import type { InventoryState } from '../inventory/model.ts';
import { absenceText } from '../words/absence.ts';

/** Why an item is not there that something shows. */
export interface Absence {
  readonly text: string;
  /** Whether a load has ended without the item. */
  readonly isGone: boolean;
}

/**
 * Remembers which items are gone: that is found out when a load ends, and stays true while the next one runs, or if it
 * fails. Items that are missing only while a load runs may still arrive.
 */
export class AbsentItems {
  /** The `refKey` of each. */
  readonly #gone = new Set<string>();

  /** Call if the item is there. */
  found(ref: ItemRef): void {
    this.#gone.delete(refKey(ref));
  }

  /** Call if the item is not there. */
  absence(ref: ItemRef, state: InventoryState): Absence {
    if (state.kind === 'ready' && !state.isLoading) {
      this.#gone.add(refKey(ref));
    } else if (state.kind === 'loading') {
      // The first load with this key, possibly of another organization.
      this.#gone.clear();
    }
    const isKnown = state.kind === 'ready' || state.kind === 'stale';
    const isGone = isKnown && this.#gone.has(refKey(ref));
    return { text: absenceText(ref, state, isGone), isGone };
  }
}
