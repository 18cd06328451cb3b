import { type Disposable, EventEmitter } from 'vscode';
import type { Inventory } from './inventory.ts';
import type { InventoryState, Rows } from './model.ts';
import { runInSlices } from '../base/slices.ts';
import { nextEvent } from '../base/nextEvent.ts';
import { groupSteps, type RunnerEntry } from './groups.ts';

/** While rows are still coming, at most this share of the time goes into grouping them. */
const MAX_GROUPING_SHARE = 1 / 10;

/**
 * The inventory with its rows grouped by runner, always those of its state. Few rows are grouped at once; many in
 * slices, between which the editor gets its turn.
 */
export class GroupedInventory implements Disposable {
  readonly #inventory: Pick<Inventory, 'state' | 'onDidChange'>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #state: InventoryState;
  #runners: readonly RunnerEntry[] = [];
  #rows: Rows | undefined;
  /** Ends the grouping that runs. */
  #grouping: (() => void) | undefined;
  #later: NodeJS.Timeout | undefined;
  /** `performance.now()` before which more rows of the same load are not grouped. */
  #quietUntil = 0;

  constructor(inventory: Pick<Inventory, 'state' | 'onDidChange'>) {
    this.#inventory = inventory;
    this.#state = inventory.state;
    this.#listener = inventory.onDidChange(() => this.#follow());
    this.#follow();
  }

  get state(): InventoryState {
    return this.#state;
  }

  get runners(): readonly RunnerEntry[] {
    return this.#runners;
  }

  /** Settles once what the inventory has is grouped. */
  async whenGrouped(): Promise<void> {
    while (this.#state !== this.#inventory.state) {
      await nextEvent(this.onDidChange);
    }
  }

  dispose(): void {
    this.#grouping?.();
    clearTimeout(this.#later);
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    const state = this.#inventory.state;
    const isEmpty = state.rows.runners.length === 0 && state.rows.integrations.length === 0;
    // A grouping that runs is finished first, or under a stream of pages none would ever be; but not after a sign-out.
    if (this.#grouping !== undefined && !isEmpty) {
      return;
    }
    this.#grouping?.();
    this.#grouping = undefined;
    clearTimeout(this.#later);
    const isLoading = state.kind === 'loading' || ('refreshing' in state && state.refreshing);
    const isMore = isLoading && state.kind === this.#state.kind && !isEmpty;
    const wait = isMore ? this.#quietUntil - performance.now() : 0;
    if (state.rows === this.#rows) {
      this.#show(state, this.#runners);
    } else if (wait > 0) {
      this.#later = setTimeout(() => this.#follow(), wait);
    } else {
      this.#group(state);
    }
  }

  #group(state: InventoryState): void {
    const done = (runners: readonly RunnerEntry[], spentMs: number) => {
      this.#grouping = undefined;
      const groupedAt = performance.now();
      this.#show(state, runners);
      const shownAt = performance.now();
      this.#quietUntil = shownAt + (spentMs + shownAt - groupedAt) * (1 / MAX_GROUPING_SHARE - 1);
      if (this.#inventory.state !== state) {
        this.#follow();
      }
    };
    const failed = (error: unknown) => {
      this.#grouping = undefined;
      throw error;
    };
    const stop = runInSlices(groupSteps(state.rows), { done, failed });
    // What has ended at once may have begun the next one.
    this.#grouping = stop ?? this.#grouping;
  }

  #show(state: InventoryState, runners: readonly RunnerEntry[]): void {
    this.#state = state;
    this.#runners = runners;
    this.#rows = state.rows;
    this.#changed.fire();
  }
}
