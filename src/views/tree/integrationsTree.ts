import { EventEmitter, type ProviderResult, type TreeDataProvider, type TreeItem } from 'vscode';
import type { MoreNode, RunnerNode, TreeNode } from './nodes.ts';
import { tooltipOf, treeItemOf } from './treeItems.ts';

/** Runners that are shown at first, and that *Show More* adds: the editor itself takes long over more rows. */
const ROOTS = 2000;

/**
 * What the view holds for a node. The editor tells elements apart by object, so one of these stands for a node as long
 * as its id is in the tree, and always leads to the node as it is now.
 */
export interface TreeElement {
  node: TreeNode;
  readonly parent: TreeElement | undefined;
}

/** The tree as the editor reads it. Given new nodes, it tells only of what changed among those the editor knows. */
export class IntegrationsTree implements TreeDataProvider<TreeElement> {
  readonly #changed = new EventEmitter<TreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #nodes: readonly RunnerNode[] = [];
  #limit = ROOTS;
  /** Of the rows that the editor has asked for, by id. */
  #elements = new Map<string, TreeElement>();
  #roots: readonly TreeElement[] = [];
  /** Those whose children the editor has asked for. */
  readonly #opened = new WeakSet<TreeElement>();

  show(nodes: readonly RunnerNode[]): void {
    this.#nodes = nodes;
    if (nodes.length === 0) {
      this.#limit = ROOTS;
    }
    const before = this.#elements;
    const changed: TreeElement[] = [];
    this.#elements = new Map();
    const keep = (node: TreeNode, parent: TreeElement | undefined): TreeElement => {
      const known = before.get(node.id);
      if (known !== undefined) {
        if (!sameRow(known.node, node)) {
          changed.push(known);
        }
        known.node = node;
        this.#elements.set(node.id, known);
      }
      return known ?? this.#element(node, parent);
    };
    const roots = this.#shownNodes().map((node) => {
      const element = keep(node, undefined);
      if (this.#opened.has(element)) {
        childrenOf(node).forEach((child) => keep(child, element));
      }
      return element;
    });
    const sameRoots =
      roots.length === this.#roots.length && roots.every((root, i) => root === this.#roots[i]);
    this.#roots = roots;
    if (!sameRoots) {
      this.#changed.fire(undefined);
    } else if (changed.length > 0) {
      this.#changed.fire(changed);
    }
  }

  /** Shows some of the runners that the last row stands for; the first of them. */
  showMore(): TreeElement | undefined {
    const shown = this.#limit;
    this.#limit += ROOTS;
    this.show(this.#nodes);
    return this.#roots[shown];
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
    const item = treeItemOf(element.node);
    switch (element.node.kind) {
      case 'integration':
        // The argument tells a click from a menu's entry, which hands over the row itself.
        item.command = { command: 'onaScm.showDetails', title: '', arguments: [{ click: element }] };
        break;
      case 'failure':
        item.command = { command: 'onaScm.refresh', title: '', arguments: [element] };
        break;
      case 'more':
        item.command = { command: 'onaScm.showMore', title: '' };
        break;
      case 'runner':
        break;
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

  #shownNodes(): readonly (RunnerNode | MoreNode)[] {
    const all = this.#nodes.length;
    if (all <= this.#limit) {
      return this.#nodes;
    }
    const more: MoreNode = { kind: 'more', id: 'more', shown: this.#limit, of: all };
    return [...this.#nodes.slice(0, this.#limit), more];
  }

  #element(node: TreeNode, parent: TreeElement | undefined): TreeElement {
    const element = this.#elements.get(node.id) ?? { node, parent };
    this.#elements.set(node.id, element);
    return element;
  }
}

function childrenOf(node: TreeNode): readonly TreeNode[] {
  if (node.kind !== 'runner') {
    return [];
  }
  return node.failure === undefined ? node.integrations : [node.failure, ...node.integrations];
}

/** Whether a row and what stands directly under it are the same; unchanged data are the same objects (`freshList.ts`). */
function sameRow(a: TreeNode, b: TreeNode): boolean {
  switch (a.kind) {
    case 'integration':
      return b.kind === 'integration' && a.integration === b.integration && a.managed === b.managed;
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
        a.integrations.length === b.integrations.length &&
        a.integrations.every((integration, i) => integration.id === b.integrations[i]?.id)
      );
  }
}
