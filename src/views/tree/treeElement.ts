import type { TreeNode } from './nodes.ts';

/**
 * What the view holds for a node. The editor tells elements apart by object, so one of these stands for a node as long
 * as its ID is in the tree, and always leads to the node as it is now.
 */
export class TreeElement {
  node: TreeNode;
  readonly parent: TreeElement | undefined;

  constructor(node: TreeNode, parent: TreeElement | undefined) {
    this.node = node;
    this.parent = parent;
  }
}
