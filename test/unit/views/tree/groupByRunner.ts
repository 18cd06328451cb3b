import type { Rows } from '../../../../src/inventory/model.ts';
import { groupSteps, type RunnerNode } from '../../../../src/views/tree/nodes.ts';

/** All steps at once. */
export function groupByRunner(rows: Rows): readonly RunnerNode[] {
  const steps = groupSteps(rows);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
