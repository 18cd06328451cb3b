import { Derived } from '../base/derived.ts';
import type { Disposable, Event } from '../base/event.ts';
import { groupSteps, type RunnerEntry } from './groups.ts';
import type { Inventory } from './inventory.ts';
import { type InventoryState, isEmpty, SIGNED_OUT } from './model.ts';

/** Maximum share of the time to spend on grouping while rows are still arriving. */
const MAX_GROUPING_SHARE = 1 / 10;

interface Grouped {
  readonly state: InventoryState;
  readonly runners: readonly RunnerEntry[];
}

/** The inventory with its rows grouped by runner. `runners` always belongs to `state`. */
export class GroupedInventory implements Disposable {
  readonly #grouped: Derived<InventoryState, Grouped>;
  readonly onDidChange: Event<unknown>;

  /** @param log receives errors that are bugs in the extension */
  constructor(inventory: Pick<Inventory, 'state' | 'onDidChange'>, log: (error: Error) => void) {
    this.#grouped = new Derived<InventoryState, Grouped>({
      input: () => inventory.state,
      onDidChangeInput: [inventory.onDidChange],
      isSameInput: (a, b) => a === b,
      urgency: (state, last) => {
        if (isEmpty(state.data)) {
          // After a sign-out, earlier rows must disappear immediately.
          return 'restart';
        }
        const isMore = state.isLoading && state.kind === last.kind && state.data !== last.data;
        return isMore ? 'throttled' : 'next';
      },
      compute: function* (state, { state: before, runners }) {
        return {
          state,
          runners: state.data === before.data ? runners : yield* groupSteps(state.data, runners),
        };
      },
      initial: { state: SIGNED_OUT, runners: [] },
      maxShare: MAX_GROUPING_SHARE,
      log,
    });
    this.onDidChange = this.#grouped.onDidChange;
  }

  get state(): InventoryState {
    return this.#grouped.value.state;
  }

  get runners(): readonly RunnerEntry[] {
    return this.#grouped.value.runners;
  }

  /** Resolves once the current rows of the inventory are grouped. */
  whenGrouped(): Promise<void> {
    return this.#grouped.whenCurrent();
  }

  dispose(): void {
    this.#grouped.dispose();
  }
}
