import type { InventoryData } from '../../src/inventory/model.ts';
import { type TreeLayout, layoutSteps, type TreeOptions } from '../../src/views/tree/treeLayout.ts';
import { groupSteps } from '../../src/inventory/groups.ts';
import { nodeSteps, type RunnerNode } from '../../src/views/tree/nodes.ts';
import { atOnce } from '../unit/base/atOnce.ts';

/** The tree's nodes in one go, without yielding to VS Code. */
export function groupAll(data: InventoryData, before: readonly RunnerNode[] = []): readonly RunnerNode[] {
  const runners = atOnce(
    groupSteps(
      data,
      before.map(({ entry }) => entry),
    ),
  );
  return atOnce(nodeSteps(runners, before));
}

/** The same for their layout. */
export function layOutAll(nodes: readonly RunnerNode[], wish: TreeOptions): TreeLayout {
  return atOnce(layoutSteps(nodes, wish));
}
