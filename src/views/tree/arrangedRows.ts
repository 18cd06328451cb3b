import { type Disposable, EventEmitter } from 'vscode';
import { runInSlices } from '../../base/slices.ts';
import { nextEvent } from '../../base/nextEvent.ts';
import { type Arrangement, arrangeSteps } from './arrangement.ts';
import type { RunnerGroups } from './runnerGroups.ts';
import type { TreeWish } from './treeWish.ts';

/**
 * The rows of `RunnerGroups`, arranged as the person wants. Few are arranged at once; many in slices, between which the
 * editor gets its turn.
 */
export class ArrangedRows implements Disposable {
  readonly #groups: Pick<RunnerGroups, 'nodes' | 'onDidChange'>;
  readonly #wish: TreeWish;
  readonly #changed = new EventEmitter<Arrangement>();
  readonly onDidChange = this.#changed.event;
  readonly #listeners: readonly Disposable[];
  #current: Arrangement;
  #nodes: RunnerGroups['nodes'] = [];
  /** Ends the arranging that runs. */
  #arranging: (() => void) | undefined;

  constructor(groups: Pick<RunnerGroups, 'nodes' | 'onDidChange'>, wish: TreeWish) {
    this.#groups = groups;
    this.#wish = wish;
    const none = { shown: 0, of: 0 };
    this.#current = { ...wish.current, roots: [], integrations: none, runners: none };
    this.#listeners = [
      // Arranging that runs is finished first, or under a stream of pages none would ever be; but not after a sign-out.
      groups.onDidChange(() => {
        if (this.#arranging === undefined || groups.nodes.length === 0) {
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
    const { nodes } = this.#groups;
    const wish = this.#wish.current;
    const { grouping, filter } = this.#current;
    if (nodes === this.#nodes && grouping === wish.grouping && filter === wish.filter) {
      return;
    }
    const done = (arrangement: Arrangement) => {
      this.#arranging = undefined;
      this.#nodes = nodes;
      this.#current = arrangement;
      this.#changed.fire(arrangement);
      if (this.#groups.nodes !== nodes) {
        this.#arrange();
      }
    };
    const failed = (error: unknown) => {
      this.#arranging = undefined;
      throw error;
    };
    const stop = runInSlices(arrangeSteps(nodes, wish), { done, failed });
    // What has ended at once may have begun the next one.
    this.#arranging = stop ?? this.#arranging;
  }
}
