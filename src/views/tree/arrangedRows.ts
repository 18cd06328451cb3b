import { type Disposable, EventEmitter } from 'vscode';
import { runInSlices } from '../../base/slices.ts';
import { nextEvent } from '../../base/nextEvent.ts';
import { type Arrangement, arrangeSteps, type Wish } from './arrangement.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import type { RunnerEntry } from '../../inventory/groups.ts';
import { nodeSteps, type RunnerNode } from './nodes.ts';
import type { TreeWish } from './treeWish.ts';

/**
 * The rows of `GroupedInventory`, arranged as the person wants. Few are arranged at once; many in slices, between which the
 * editor gets its turn.
 */
export class ArrangedRows implements Disposable {
  readonly #groups: Pick<GroupedInventory, 'runners' | 'onDidChange'>;
  readonly #wish: TreeWish;
  readonly #changed = new EventEmitter<Arrangement>();
  readonly onDidChange = this.#changed.event;
  readonly #listeners: readonly Disposable[];
  #current: Arrangement;
  #runners: readonly RunnerEntry[] = [];
  /** The rows of these runners, as they are before anything is filtered or grouped. */
  #nodes: { readonly of: readonly RunnerEntry[]; readonly nodes: readonly RunnerNode[] } | undefined;
  /** Ends the arranging that runs. */
  #arranging: (() => void) | undefined;

  constructor(groups: Pick<GroupedInventory, 'runners' | 'onDidChange'>, wish: TreeWish) {
    this.#groups = groups;
    this.#wish = wish;
    const none = { shown: 0, of: 0 };
    this.#current = { ...wish.current, roots: [], integrations: none, runners: none };
    this.#listeners = [
      // Arranging that runs is finished first, or under a stream of pages none would ever be; but not after a sign-out.
      groups.onDidChange(() => {
        if (this.#arranging === undefined || groups.runners.length === 0) {
          this.#arrange();
        }
      }),
      wish.onDidChange(() => this.#arrange()),
    ];
    this.#arrange();
  }

  get current(): Arrangement {
    return this.#current;
  }

  /** Settles once nothing is being arranged. */
  async whenArranged(): Promise<void> {
    while (this.#arranging !== undefined) {
      await nextEvent(this.onDidChange);
    }
  }

  dispose(): void {
    this.#arranging?.();
    for (const listener of this.#listeners) {
      listener.dispose();
    }
    this.#changed.dispose();
  }

  #arrange(): void {
    this.#arranging?.();
    this.#arranging = undefined;
    const { runners } = this.#groups;
    const wish = this.#wish.current;
    const { grouping, filter } = this.#current;
    if (runners === this.#runners && grouping === wish.grouping && filter === wish.filter) {
      return;
    }
    const done = (arrangement: Arrangement) => {
      this.#arranging = undefined;
      this.#runners = runners;
      this.#current = arrangement;
      this.#changed.fire(arrangement);
      if (this.#groups.runners !== runners) {
        this.#arrange();
      }
    };
    const failed = (error: unknown) => {
      this.#arranging = undefined;
      throw error;
    };
    const stop = runInSlices(this.#steps(runners, wish), { done, failed });
    // What has ended at once may have begun the next one.
    this.#arranging = stop ?? this.#arranging;
  }

  *#steps(runners: readonly RunnerEntry[], wish: Wish): Generator<void, Arrangement, undefined> {
    if (this.#nodes?.of !== runners) {
      this.#nodes = { of: runners, nodes: yield* nodeSteps(runners) };
    }
    return yield* arrangeSteps(this.#nodes.nodes, wish);
  }
}
