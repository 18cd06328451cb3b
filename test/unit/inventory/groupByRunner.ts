import { groupSteps, type RunnerEntry } from '../../../src/inventory/groups.ts';
import type { Rows } from '../../../src/inventory/model.ts';
import { atOnce } from '../base/atOnce.ts';

export function groupByRunner(rows: Rows): readonly RunnerEntry[] {
  return atOnce(groupSteps(rows));
}
