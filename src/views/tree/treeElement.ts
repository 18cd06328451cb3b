import type { TreeNode } from './nodes.ts';

/**
 * A row as VS Code holds it. VS Code identifies rows by object, so a tree ID keeps its element as long as it is in the
 * tree, and the element always refers to the current node.
 */
export class TreeElement {
  node: TreeNode;
  readonly parent: TreeElement | undefined;

  constructor(node: TreeNode, parent: TreeElement | undefined) {
    this.node = node;
    this.parent = parent;
  }
}
