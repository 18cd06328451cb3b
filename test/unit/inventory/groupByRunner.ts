import { groupSteps, type RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { atOnce } from '../base/atOnce.ts';

export function groupByRunner(data: InventoryData): readonly RunnerEntry[] {
  return atOnce(groupSteps(data));
}
