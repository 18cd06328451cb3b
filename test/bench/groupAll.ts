import type { Rows } from '../../src/inventory/model.ts';
import { type Arrangement, arrangeSteps, type Wish } from '../../src/views/tree/arrangement.ts';
import { groupSteps, type RunnerNode } from '../../src/views/tree/nodes.ts';

/** The tree's nodes in one go, without the pauses in which the editor gets its turn. */
export function groupAll(rows: Rows): readonly RunnerNode[] {
  return atOnce(groupSteps(rows));
}

/** The same for how they are arranged. */
export function arrangeAll(nodes: readonly RunnerNode[], wish: Wish): Arrangement {
  return atOnce(arrangeSteps(nodes, wish));
}

function atOnce<T>(steps: Generator<void, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
