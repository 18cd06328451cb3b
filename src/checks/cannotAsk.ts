import type { RunnerEntry } from '../inventory/groups.ts';
import { canAsk } from '../inventory/canAsk.ts';

/**
 * Why a runner cannot be asked:
 * - `shared`: it is the configuration that local runners share
 * - `notListed`: it is not in the list of runners
 * - `notActive`: it is not active
 */
export type CannotAsk = 'shared' | 'notListed' | 'notActive';

/** @returns undefined if the runner can be asked */
export function cannotAsk(runner: RunnerEntry): CannotAsk | undefined {
  switch (runner.role) {
    case 'local':
      return 'shared';
    case 'unknown':
      return 'notListed';
    default:
      return canAsk(runner) ? undefined : 'notActive';
  }
}
