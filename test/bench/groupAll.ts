import type { Rows } from '../../src/inventory/model.ts';
import { type Arrangement, arrangeSteps, type Wish } from '../../src/views/tree/arrangement.ts';
import { groupSteps } from '../../src/inventory/groups.ts';
import { nodeSteps, type RunnerNode } from '../../src/views/tree/nodes.ts';
import { atOnce } from '../unit/base/atOnce.ts';

/** The tree's nodes in one go, without the pauses in which the editor gets its turn. */
export function groupAll(rows: Rows, before: readonly RunnerNode[] = []): readonly RunnerNode[] {
  const runners = atOnce(
    groupSteps(
      rows,
      before.map(({ entry }) => entry),
    ),
  );
  return atOnce(nodeSteps(runners, before));
}

/** The same for how they are arranged. */
export function arrangeAll(nodes: readonly RunnerNode[], wish: Wish): Arrangement {
  return atOnce(arrangeSteps(nodes, wish));
}
