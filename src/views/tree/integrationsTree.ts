import {
  EventEmitter,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { Arrangement } from './arrangement.ts';
import { childrenOf, type MoreNode, type RootNode, type RunnerNode, type TreeNode } from './nodes.ts';
import { tooltipOf } from './tooltips.ts';
import { treeItemOf } from './treeItems.ts';

/** Rows at the top that are shown at first, and that *Show More* adds: the editor itself takes long over more. */
const ROOTS = 2000;

/** The same under a filter, where what stands under them counts too: it is open. */
const FILTERED_ROWS = 500;

const NOTHING: Arrangement = {
  grouping: 'runner',
  filter: undefined,
  roots: [],
  integrations: { shown: 0, of: 0 },
  runners: { shown: 0, of: 0 },
};

/**
 * What the view holds for a node. The editor tells elements apart by object, so one of these stands for a node as long
 * as its id is in the tree, and always leads to the node as it is now.
 */
export interface TreeElement {
  node: TreeNode;
  readonly parent: TreeElement | undefined;
}

/** The tree as the editor reads it. Given new rows, it tells only of what changed among those the editor knows. */
export class IntegrationsTree implements TreeDataProvider<TreeElement> {
  readonly #changed = new EventEmitter<TreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #arrangement = NOTHING;
  /** How often a limit is shown. */
  #portions = 1;
  /** Of the rows that the editor has asked for, by id. */
  #elements = new Map<string, TreeElement>();
  #roots: readonly TreeElement[] = [];
  /** Those whose children the editor has asked for. */
  readonly #opened = new WeakSet<TreeElement>();
  /** What a person has expanded (true) or collapsed, by id: the editor forgets it with the row, and rows come back. */
  readonly #expanded = new Map<string, boolean>();

  show(arrangement: Arrangement): void {
    const before = this.#arrangement;
    this.#arrangement = arrangement;
    const { grouping, filter, roots } = arrangement;
    if (roots.length === 0 || grouping !== before.grouping || filter !== before.filter) {
      this.#portions = 1;
    }
    if (filter === undefined && before.filter !== undefined) {
      [...this.#expanded.keys()].filter(isUnderFilter).forEach((id) => this.#expanded.delete(id));
    }
    this.#showRoots(filter !== before.filter);
  }

  /** Shows some of the rows that the last one stands for; the first of them. */
  showMore(): TreeElement | undefined {
    const shown = this.#roots.length - 1;
    this.#portions++;
    this.#showRoots(false);
    return this.#roots[shown];
  }

  /** The first row that is wanted, with the rows it stands under; a root that is not shown yet is. */
  find(isWanted: (node: TreeNode) => boolean): TreeElement | undefined {
    const search = (nodes: readonly TreeNode[]): readonly TreeNode[] | undefined => {
      for (const node of nodes) {
        const below = isWanted(node) ? [] : search(childrenOf(node));
        if (below !== undefined) {
          return [node, ...below];
        }
      }
      return undefined;
    };
    const path = search(this.#arrangement.roots);
    const [root] = path ?? [];
    if (path === undefined || root === undefined) {
      return undefined;
    }
    const { roots, filter } = this.#arrangement;
    const before = this.#portions;
    const index = roots.findIndex(({ id }) => id === root.id);
    while (limitOf(roots, filter, this.#portions) <= index) {
      this.#portions++;
    }
    if (this.#portions > before) {
      this.#showRoots(false);
    }
    let element: TreeElement | undefined;
    for (const node of path) {
      element = this.#element(node, element);
    }
    return element;
  }

  /** Remembers what a person did. */
  setExpanded({ node }: TreeElement, isExpanded: boolean): void {
    this.#expanded.set(node.id, isExpanded);
  }

  getChildren(element?: TreeElement): TreeElement[] {
    if (element === undefined) {
      return [...this.#roots];
    }
    this.#opened.add(element);
    return childrenOf(element.node).map((node) => this.#element(node, element));
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  getTreeItem(element: TreeElement): TreeItem {
    const { node } = element;
    const { filter } = this.#arrangement;
    const item = treeItemOf(node, filter);
    const children = childrenOf(node).length;
    if (children > 0) {
      const isExpanded = this.#expanded.get(node.id) ?? (filter !== undefined && children <= FILTERED_ROWS);
      item.collapsibleState = isExpanded
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
    }
    if (node.kind === 'integration') {
      // The argument tells a click from a menu's entry, which hands over the row itself.
      item.command = { command: 'onaScm.showDetails', title: '', arguments: [{ click: element }] };
    } else if (node.kind === 'failure') {
      item.command = { command: 'onaScm.retryRunners', title: '' };
    } else if (node.kind === 'more') {
      item.command = { command: 'onaScm.showMore', title: '' };
    }
    return item;
  }

  resolveTreeItem(item: TreeItem, element: TreeElement): ProviderResult<TreeItem> {
    item.tooltip = tooltipOf(element.node);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** @param isRedrawn all rows look another way */
  #showRoots(isRedrawn: boolean): void {
    const before = this.#elements;
    const changed: TreeElement[] = [];
    this.#elements = new Map();
    const keep = (node: TreeNode, parent: TreeElement | undefined): TreeElement => {
      const known = before.get(node.id);
      if (known === undefined) {
        return this.#element(node, parent);
      }
      if (!sameRow(known.node, node)) {
        changed.push(known);
      }
      known.node = node;
      this.#elements.set(node.id, known);
      if (this.#opened.has(known)) {
        childrenOf(node).forEach((child) => keep(child, known));
      }
      return known;
    };
    const roots = this.#shownNodes().map((node) => keep(node, undefined));
    const sameRoots =
      roots.length === this.#roots.length && roots.every((root, i) => root === this.#roots[i]);
    this.#roots = roots;
    if (isRedrawn || !sameRoots) {
      this.#changed.fire(undefined);
    } else if (changed.length > 0) {
      this.#changed.fire(changed);
    }
  }

  #shownNodes(): readonly (RootNode | MoreNode)[] {
    const { roots, filter, grouping } = this.#arrangement;
    const limit = limitOf(roots, filter, this.#portions);
    if (roots.length <= limit) {
      return roots;
    }
    const what = grouping === 'runner' ? 'runners' : 'groups';
    return [...roots.slice(0, limit), { kind: 'more', id: 'more', shown: limit, of: roots.length, what }];
  }

  #element(node: TreeNode, parent: TreeElement | undefined): TreeElement {
    const element = this.#elements.get(node.id) ?? { node, parent };
    this.#elements.set(node.id, element);
    return element;
  }
}

/** How many roots there are to show. */
function limitOf(roots: readonly RootNode[], filter: Arrangement['filter'], portions: number): number {
  return filter === undefined ? portions * ROOTS : rootsWithin(roots, portions);
}

/** The same where their children count. */
function rootsWithin(roots: readonly RootNode[], portions: number): number {
  let rows = 0;
  let portion = 1;
  for (const [i, root] of roots.entries()) {
    const children = childrenOf(root).length;
    rows += 1 + (children <= FILTERED_ROWS ? children : 0);
    if (rows >= FILTERED_ROWS) {
      if (portion === portions) {
        return i + 1;
      }
      portion++;
      rows = 0;
    }
  }
  return roots.length;
}

function isUnderFilter(id: string): boolean {
  return id.startsWith('filter/');
}

/** Whether a row and what stands directly under it are the same; unchanged data are the same objects (`freshList.ts`). */
function sameRow(a: TreeNode, b: TreeNode): boolean {
  switch (a.kind) {
    case 'integration':
      return (
        b.kind === 'integration' &&
        a.integration === b.integration &&
        a.managed === b.managed &&
        sameOwner(a.under?.runner, b.under?.runner)
      );
    case 'failure':
      return b.kind === 'failure' && a.error === b.error;
    case 'more':
      return b.kind === 'more' && a.shown === b.shown && a.of === b.of;
    case 'runner':
      return (
        b.kind === 'runner' &&
        a.runner === b.runner &&
        a.integrationsPending === b.integrationsPending &&
        a.failure?.error === b.failure?.error &&
        sameIds(a.integrations, b.integrations)
      );
    case 'group':
      return b.kind === 'group' && a.name === b.name && sameIds(a.integrations, b.integrations);
    case 'rest':
      return b.kind === 'rest' && sameIds(a.runners, b.runners);
  }
}

/** As far as the row of an integration tells of its runner. */
function sameOwner(a: RunnerNode | undefined, b: RunnerNode | undefined): boolean {
  return a?.role === b?.role && a?.runner?.name === b?.runner?.name && a?.runner?.phase === b?.runner?.phase;
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every(({ id }, i) => id === b[i]?.id);
}
