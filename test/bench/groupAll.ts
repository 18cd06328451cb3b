import type { Rows } from '../../src/inventory/model.ts';
import { groupSteps, type RunnerNode } from '../../src/views/tree/nodes.ts';

/** The tree's nodes in one go, without the pauses in which the editor gets its turn. */
export function groupAll(rows: Rows): readonly RunnerNode[] {
  const steps = groupSteps(rows);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
