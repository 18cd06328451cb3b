import type { ItemEntry } from '../../inventory/groups.ts';
import { childrenOf, isRowOf, type TreeNode } from './nodes.ts';

/** The path to the first row of a runner or an integration, from the outermost row; undefined if there is none. */
export function pathTo(item: ItemEntry, nodes: readonly TreeNode[]): readonly TreeNode[] | undefined {
  for (const node of nodes) {
    // Searching must not create the rows of every runner.
    const isElsewhere = node.kind === 'runner' && node.entry.ref.runnerId !== item.ref.runnerId;
    const below = isRowOf(node, item) ? [] : isElsewhere ? undefined : pathTo(item, childrenOf(node));
    if (below !== undefined) {
      return [node, ...below];
    }
  }
  return undefined;
}
