import { MarkdownString, type TreeDataProvider, type TreeItem, TreeItemCollapsibleState } from 'vscode';
import { isSameList } from '../../base/isSameList.ts';
import type { ChangeMarks } from '../../inventory/changeMarks.ts';
import type { ItemEntry } from '../../inventory/groups.ts';
import { failedRows } from './failedRows.ts';
import { NO_LAYOUT } from './noLayout.ts';
import type { TreeLayout } from './treeLayout.ts';
import { childCount, childrenOf, type MoreNode, type RootNode, type TreeNode } from './nodes.ts';
import { MarkedRows } from './markedRows.ts';
import { pathTo } from './pathTo.ts';
import { FILTERED_PAGE_SIZE, limitOf, PAGE_SIZE } from './rowLimits.ts';
import { sameRow } from './sameRow.ts';
import type { TooltipContext } from './statusMarkdown.ts';
import { TreeChanges } from './treeChanges.ts';
import { TreeElement } from './treeElement.ts';
import { treeItemOf } from './treeItem.ts';

/** The tree's data for VS Code. As long as the roots stay the same, only rows that changed are reported as changed. */
export class IntegrationsTree implements TreeDataProvider<TreeElement> {
  readonly #changes = new TreeChanges<TreeElement>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #tooltipContext: () => TooltipContext;
  #layout = NO_LAYOUT;
  /** Number of pages shown at the top level. */
  #pages = 1;
  /** Number of pages shown under a row, by its tree ID. */
  readonly #childPages = new Map<string, number>();
  /** The rows that VS Code has asked for, by tree ID. */
  #elements = new Map<string, TreeElement>();
  #roots: readonly TreeElement[] = [];
  /** The rows whose children VS Code has asked for. */
  readonly #opened = new WeakSet<TreeElement>();
  /** Those whose tooltip says why a runner did not answer. */
  #failed: readonly TreeElement[] = [];
  readonly #marked: MarkedRows;
  /** Whether the user expanded or collapsed a row, by tree ID. VS Code forgets it with the row, but rows can return. */
  readonly #expanded = new Map<string, boolean>();

  /**
   * @param tooltipContext what tooltips say at the time
   * @param marks the rows that are new or have changed
   */
  constructor(tooltipContext: () => TooltipContext, marks: Pick<ChangeMarks, 'of'>) {
    this.#tooltipContext = tooltipContext;
    this.#marked = new MarkedRows(marks);
  }

  show(layout: TreeLayout): void {
    const before = this.#layout;
    this.#layout = layout;
    const { grouping, filter, roots } = layout;
    if (roots.length === 0 || grouping !== before.grouping || filter !== before.filter) {
      this.#pages = 1;
    }
    if (filter === undefined && before.filter !== undefined) {
      [...this.#expanded.keys()].filter(isUnderFilter).forEach((treeId) => this.#expanded.delete(treeId));
    }
    this.#showRoots(filter !== before.filter);
  }

  /**
   * Shows one page more.
   *
   * @param more the *Show More* row; by default that of the top level
   * @returns the first of the additional rows
   */
  showMore(more: TreeElement | undefined): TreeElement | undefined {
    const parent = more?.parent;
    if (parent === undefined) {
      const shown = this.#roots.length - 1;
      this.#pages++;
      this.#showRoots(false);
      return this.#roots[shown];
    }
    const shown = this.#childrenOf(parent.node).length - 1;
    this.#childPages.set(parent.node.treeId, this.#childPagesOf(parent.node) + 1);
    this.#changes.some([parent]);
    return this.getChildren(parent)[shown];
  }

  /**
   * The first row of a runner or an integration. Shows as many pages as that takes.
   *
   * @returns undefined if the tree has no such row
   */
  find(item: ItemEntry): TreeElement | undefined {
    const path = pathTo(item, this.#layout.roots);
    const [root] = path ?? [];
    if (path === undefined || root === undefined) {
      return undefined;
    }
    const { roots, filter } = this.#layout;
    const before = this.#pages;
    const index = roots.findIndex(({ treeId }) => treeId === root.treeId);
    while (limitOf(roots, filter, this.#pages) <= index) {
      this.#pages++;
    }
    if (this.#pages > before) {
      this.#showRoots(false);
    }
    let element: TreeElement | undefined;
    for (const node of path) {
      if (element !== undefined) {
        this.#showChild(element, node);
      }
      element = this.#element(node, element);
    }
    return element;
  }

  /** Whether a row is still there. */
  has(element: TreeElement): boolean {
    return this.#elements.get(element.node.treeId) === element;
  }

  /** Has all rows and tooltips made again: VS Code keeps tooltips, and their times may need a date by now. */
  redraw(): void {
    this.#changes.all();
  }

  /**
   * Redraws the tooltips that say why a runner did not answer, or did so until now. Not all tooltips, because VS Code
   * then knows no row for a moment, and a command on one acts on nothing.
   */
  redrawFailures(): void {
    const before = this.#failed;
    this.#failed = failedRows(this.#elements.values(), this.#tooltipContext());
    this.#redrawSome([...before, ...this.#failed]);
  }

  /** Redraws the rows that say that they are new or have changed, or did so until now. */
  redrawMarks(): void {
    this.#redrawSome(this.#marked.changed(this.#elements.values()));
  }

  #redrawSome(rows: readonly TreeElement[]): void {
    this.#changes.some(new Set(rows.filter((element) => this.has(element))));
  }

  /** Remembers what the user expanded or collapsed. */
  setExpanded({ node }: TreeElement, isExpanded: boolean): void {
    this.#expanded.set(node.treeId, isExpanded);
  }

  getChildren(element?: TreeElement): TreeElement[] {
    if (element === undefined) {
      this.#changes.asked();
      return [...this.#roots];
    }
    this.#opened.add(element);
    return this.#childrenOf(element.node).map((node) => this.#element(node, element));
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  getTreeItem(element: TreeElement): TreeItem {
    const { node } = element;
    const { filter } = this.#layout;
    const item = treeItemOf(node, filter, this.#marked.draw(element));
    const children = childCount(node);
    if (children > 0) {
      const isExpanded =
        this.#expanded.get(node.treeId) ?? (filter !== undefined && children <= FILTERED_PAGE_SIZE);
      item.collapsibleState = isExpanded
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
    }
    if (node.kind === 'integration') {
      item.command = { command: 'onaScm.openRow', title: '', arguments: [element] };
    } else if (node.kind === 'failure') {
      item.command = { command: 'onaScm.retryRunners', title: '' };
    } else if (node.kind === 'more') {
      item.command = { command: 'onaScm.showMore', title: '', arguments: [element] };
    }
    return item;
  }

  async resolveTreeItem(item: TreeItem, { node }: TreeElement): Promise<TreeItem> {
    const { tooltipOf } = await import('./tooltips.ts');
    const tooltip = new MarkdownString(tooltipOf(node, this.#tooltipContext()));
    tooltip.isTrusted = { enabledCommands: ['onaScm.connect'] };
    item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** @param isRedrawn whether all rows look different, as under another filter */
  #showRoots(isRedrawn: boolean): void {
    const before = this.#elements;
    const changed: TreeElement[] = [];
    this.#elements = new Map();
    const keep = (node: TreeNode, parent: TreeElement | undefined): TreeElement => {
      const known = before.get(node.treeId);
      if (known === undefined) {
        return this.#element(node, parent);
      }
      if (!sameRow(known.node, node)) {
        changed.push(known);
      }
      known.node = node;
      this.#elements.set(node.treeId, known);
      if (this.#opened.has(known)) {
        this.#childrenOf(node).forEach((child) => keep(child, known));
      }
      return known;
    };
    const roots = this.#shownNodes().map((node) => keep(node, undefined));
    const sameRoots = isSameList(roots, this.#roots);
    this.#roots = roots;
    if (isRedrawn || !sameRoots) {
      this.#changes.all();
    } else {
      this.#changes.some(changed);
    }
  }

  #shownNodes(): readonly (RootNode | MoreNode)[] {
    const { roots, filter, grouping } = this.#layout;
    const limit = limitOf(roots, filter, this.#pages);
    if (roots.length <= limit) {
      return roots;
    }
    const what = grouping === 'runner' ? 'runners' : 'groups';
    return [...roots.slice(0, limit), { kind: 'more', treeId: 'more', shown: limit, of: roots.length, what }];
  }

  /** The rows shown under a row, with *Show More* if there are further ones. */
  #childrenOf(node: TreeNode): readonly TreeNode[] {
    const children = childrenOf(node);
    const limit = this.#childPagesOf(node) * PAGE_SIZE;
    const more = { kind: 'more', treeId: `${node.treeId}/more`, shown: limit, of: children.length } as const;
    return children.length <= limit
      ? children
      : [...children.slice(0, limit), { ...more, what: 'integrations' }];
  }

  #childPagesOf({ treeId }: TreeNode): number {
    return this.#childPages.get(treeId) ?? 1;
  }

  /** Shows as many pages under a row as it takes to show a child. */
  #showChild(parent: TreeElement, child: TreeNode): void {
    const pages = Math.floor(childrenOf(parent.node).indexOf(child) / PAGE_SIZE) + 1;
    if (pages > this.#childPagesOf(parent.node)) {
      this.#childPages.set(parent.node.treeId, pages);
      this.#changes.some([parent]);
    }
  }

  #element(node: TreeNode, parent: TreeElement | undefined): TreeElement {
    const element = this.#elements.get(node.treeId) ?? new TreeElement(node, parent);
    this.#elements.set(node.treeId, element);
    return element;
  }
}

function isUnderFilter(treeId: string): boolean {
  return treeId.startsWith('filter/');
}
