import { EventEmitter, type ProviderResult, type TreeDataProvider, type TreeItem } from 'vscode';
import type { RunnerNode, TreeNode } from './nodes.ts';
import { tooltipOf, treeItemOf } from './treeItems.ts';

/**
 * What the view holds for a node. The editor tells elements apart by object, so one of these stands for a node as long
 * as its id is in the tree, and always leads to the node as it is now.
 */
export interface TreeElement {
  node: TreeNode;
  readonly parent: TreeElement | undefined;
}

/** The tree as the editor reads it. Given new nodes, it tells only of what changed. */
export class IntegrationsTree implements TreeDataProvider<TreeElement> {
  readonly #changed = new EventEmitter<TreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #elements = new Map<string, TreeElement>();
  #roots: readonly TreeElement[] = [];

  show(nodes: readonly RunnerNode[]): void {
    const before = this.#elements;
    const changed: TreeElement[] = [];
    this.#elements = new Map();
    const keep = (node: TreeNode, parent: TreeElement | undefined): TreeElement => {
      const known = before.get(node.id);
      const element = known ?? { node, parent };
      if (known !== undefined && !sameRow(known.node, node)) {
        changed.push(element);
      }
      element.node = node;
      this.#elements.set(node.id, element);
      return element;
    };
    const roots = nodes.map((node) => {
      const element = keep(node, undefined);
      node.integrations.forEach((integration) => keep(integration, element));
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

  getChildren(element?: TreeElement): TreeElement[] {
    if (element === undefined) {
      return [...this.#roots];
    }
    const { node } = element;
    return node.kind === 'runner' ? node.integrations.flatMap(({ id }) => this.#elements.get(id) ?? []) : [];
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  getTreeItem(element: TreeElement): TreeItem {
    const item = treeItemOf(element.node);
    if (element.node.kind === 'integration') {
      // The argument tells a click from a menu's entry, which hands over the row itself.
      item.command = { command: 'onaScm.showDetails', title: '', arguments: [{ click: element }] };
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
}

/** Whether a row and what stands directly under it are the same; unchanged data are the same objects (`load.ts`). */
function sameRow(a: TreeNode, b: TreeNode): boolean {
  if (a.kind === 'integration') {
    return b.kind === 'integration' && a.integration === b.integration && a.managed === b.managed;
  }
  return (
    b.kind === 'runner' &&
    a.runner === b.runner &&
    a.integrationsPending === b.integrationsPending &&
    a.integrations.length === b.integrations.length &&
    a.integrations.every((integration, i) => integration.id === b.integrations[i]?.id)
  );
}
