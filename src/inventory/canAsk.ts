import { isUuid } from '../api/transport/limits.ts';
import type { RunnerEntry } from './groups.ts';
import { isLive } from './statuses.ts';

/** Whether a runner can be asked. A shared configuration and a runner that is not in the list are never live. */
export function canAsk(runner: RunnerEntry): boolean {
  return isLive(runner) && isUuid(runner.ref.runnerId);
}
