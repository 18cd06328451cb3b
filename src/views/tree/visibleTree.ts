import { Derived } from '../../base/derived.ts';
import type { Disposable, Event } from '../../base/event.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import type { RunnerEntry } from '../../inventory/groups.ts';
import type { TreeLayout, TreeOptions } from './treeLayout.ts';
import { nodeSteps, type RunnerNode } from './nodes.ts';
import type { TreeOptionsStore } from './treeOptionsStore.ts';

/** The rows of runners before they are filtered and grouped. */
interface Nodes {
  readonly of: readonly RunnerEntry[];
  readonly nodes: readonly RunnerNode[];
}

interface Result extends Nodes {
  readonly layout: TreeLayout;
}

type Input = TreeOptions & Pick<Nodes, 'of'>;

const NO_RUNNERS: readonly RunnerEntry[] = [];

/** The rows of the inventory, filtered and grouped as the user wants. */
export class VisibleTree implements Disposable {
  readonly #options: Pick<TreeOptionsStore, 'whenStarted'>;
  readonly #derived: Derived<Input, Result>;
  readonly onDidChange: Event<unknown>;

  /** @param log called with errors that are bugs of this extension */
  constructor(
    groups: Pick<GroupedInventory, 'runners' | 'onDidChange'>,
    options: Pick<TreeOptionsStore, 'current' | 'onDidChange' | 'layoutSteps' | 'isStarting' | 'whenStarted'>,
    log: (error: Error) => void,
  ) {
    this.#options = options;
    const none = { shown: 0, of: 0 };
    this.#derived = new Derived<Input, Result>({
      input: () => ({ of: options.isStarting ? NO_RUNNERS : groups.runners, ...options.current }),
      onDidChangeInput: [groups.onDidChange, options.onDidChange],
      isSameInput: (a, b) => a.of === b.of && isSameOptions(a, b),
      // A change of the options and a sign-out must not wait for a running computation.
      urgency: (input, last) => (!isSameOptions(input, last) || input.of.length === 0 ? 'restart' : 'next'),
      compute: function* (input, before) {
        const { of } = input;
        const nodes = of === before.of ? before.nodes : yield* nodeSteps(of, before.nodes);
        const { layoutSteps } = options;
        return {
          of,
          nodes,
          layout: layoutSteps === undefined ? allByRunner(nodes) : yield* layoutSteps(nodes, input),
        };
      },
      initial: {
        of: [],
        nodes: [],
        layout: { ...options.current, roots: [], integrations: none, runners: none },
      },
      log,
    });
    this.onDidChange = this.#derived.onDidChange;
  }

  get current(): TreeLayout {
    return this.#derived.value.layout;
  }

  /** Settles once the layout reflects the current inventory and options. */
  async whenCurrent(): Promise<void> {
    await this.#options.whenStarted();
    await this.#derived.whenCurrent();
  }

  dispose(): void {
    this.#derived.dispose();
  }
}

/** What `layoutSteps` returns if all rows are shown by runner. */
function allByRunner(roots: readonly RunnerNode[]): TreeLayout {
  const integrations = roots.reduce((sum, { shown }) => sum + shown.length, 0);
  return {
    grouping: 'runner',
    filter: undefined,
    problemsFirst: false,
    roots,
    integrations: { shown: integrations, of: integrations },
    runners: { shown: roots.length, of: roots.length },
  };
}

function isSameOptions(a: TreeOptions, b: TreeOptions): boolean {
  return a.grouping === b.grouping && a.filter === b.filter && a.problemsFirst === b.problemsFirst;
}
