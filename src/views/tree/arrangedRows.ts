import { Derived } from '../../base/derived.ts';
import type { Disposable, Event } from '../../base/event.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import type { RunnerEntry } from '../../inventory/groups.ts';
import { type Arrangement, arrangeSteps, type Wish } from './arrangement.ts';
import { nodeSteps, type RunnerNode } from './nodes.ts';
import type { TreeWish } from './treeWish.ts';

/** The rows of some runners before anything is filtered or grouped. */
interface Nodes {
  readonly of: readonly RunnerEntry[];
  readonly nodes: readonly RunnerNode[];
}

interface Arranged extends Nodes {
  readonly arrangement: Arrangement;
}

type Input = Wish & Pick<Nodes, 'of'>;

/** The rows of the inventory, arranged as the person wants. */
export class ArrangedRows implements Disposable {
  readonly #arranged: Derived<Input, Arranged>;
  readonly onDidChange: Event<unknown>;

  /** @param log takes a defect of ours */
  constructor(
    groups: Pick<GroupedInventory, 'runners' | 'onDidChange'>,
    wish: Pick<TreeWish, 'current' | 'onDidChange'>,
    log: (error: Error) => void,
  ) {
    const none = { shown: 0, of: 0 };
    this.#arranged = new Derived<Input, Arranged>({
      input: () => ({ of: groups.runners, ...wish.current }),
      onDidChangeInput: [groups.onDidChange, wish.onDidChange],
      isSameInput: (a, b) => a.of === b.of && isSameWish(a, b),
      // What somebody has just asked for goes first; and after a sign-out nothing is shown any more.
      urgency: (input, last) => (!isSameWish(input, last) || input.of.length === 0 ? 'restart' : 'next'),
      compute: function* (input, before) {
        const { of } = input;
        const nodes = of === before.of ? before.nodes : yield* nodeSteps(of, before.nodes);
        return { of, nodes, arrangement: yield* arrangeSteps(nodes, input) };
      },
      initial: {
        of: [],
        nodes: [],
        arrangement: { ...wish.current, roots: [], integrations: none, runners: none },
      },
      log,
    });
    this.onDidChange = this.#arranged.onDidChange;
  }

  get current(): Arrangement {
    return this.#arranged.value.arrangement;
  }

  /** Settles once the rows of the inventory are arranged as wanted now. */
  whenArranged(): Promise<void> {
    return this.#arranged.whenCurrent();
  }

  dispose(): void {
    this.#arranged.dispose();
  }
}

function isSameWish(a: Wish, b: Wish): boolean {
  return a.grouping === b.grouping && a.filter === b.filter;
}
