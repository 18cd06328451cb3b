import { type Disposable, EventEmitter } from 'vscode';
import type { Inventory } from '../../inventory/inventory.ts';
import type { InventoryState, Rows } from '../../inventory/model.ts';
import { groupSteps, type RunnerNode } from './nodes.ts';

/** Milliseconds that grouping may keep the extension host at once. */
const SLICE_MS = 20;

/**
 * The inventory as tree and panels show it: its state, and its rows grouped by runner, always those of that state. Few
 * rows are grouped at once; many in slices, between which the editor gets its turn.
 */
export class RunnerGroups implements Disposable {
  readonly #inventory: Inventory;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #state: InventoryState;
  #nodes: readonly RunnerNode[] = [];
  #rows: Rows | undefined;
  #grouping: ReturnType<typeof groupSteps> | undefined;
  #next: NodeJS.Immediate | undefined;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#state = inventory.state;
    this.#listener = inventory.onDidChange(() => this.#follow());
    this.#follow();
  }

  get state(): InventoryState {
    return this.#state;
  }

  get nodes(): readonly RunnerNode[] {
    return this.#nodes;
  }

  /** Settles once what the inventory has is grouped. */
  async whenGrouped(): Promise<void> {
    while (this.#grouping !== undefined) {
      await new Promise<void>((resolve) => {
        const listener = this.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    clearImmediate(this.#next);
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    // A grouping that runs is finished first: under a stream of pages none would ever be.
    if (this.#grouping !== undefined) {
      return;
    }
    const state = this.#inventory.state;
    if (state.rows === this.#rows) {
      this.#show(state, this.#nodes);
    } else {
      this.#grouping = groupSteps(state.rows);
      this.#goOn(state, this.#grouping);
    }
  }

  #goOn(state: InventoryState, grouping: ReturnType<typeof groupSteps>): void {
    const until = performance.now() + SLICE_MS;
    do {
      const step = grouping.next();
      if (step.done === true) {
        this.#grouping = undefined;
        this.#show(state, step.value);
        if (this.#inventory.state !== state) {
          this.#follow();
        }
        return;
      }
    } while (performance.now() < until);
    this.#next = setImmediate(() => this.#goOn(state, grouping));
  }

  #show(state: InventoryState, nodes: readonly RunnerNode[]): void {
    this.#state = state;
    this.#nodes = nodes;
    this.#rows = state.rows;
    this.#changed.fire();
  }
}
