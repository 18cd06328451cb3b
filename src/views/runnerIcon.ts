import type { RunnerEntry } from '../inventory/groups.ts';

/** A theme icon, and the theme color it is drawn in if it has one. */
export interface Icon {
  readonly id: string;
  readonly color: string | undefined;
}

/** Its shape says in which phase the runner is. The color of a problem is that of its row. */
export function runnerIcon({ phase, role }: RunnerEntry): Icon {
  if (role === 'unknown') {
    return icon('question', 'disabledForeground');
  }
  if (role === 'local') {
    return icon('home', undefined);
  }
  switch (phase) {
    case 'RUNNER_PHASE_ACTIVE':
      return icon(role === 'managed' ? 'cloud' : 'vm-active', undefined);
    case 'RUNNER_PHASE_DEGRADED':
      return icon('warning', undefined);
    case 'RUNNER_PHASE_DELETING':
    case 'RUNNER_PHASE_DELETED':
      return icon('trash', 'disabledForeground');
    default:
      return icon(role === 'managed' ? 'cloud' : 'vm-outline', 'disabledForeground');
  }
}

function icon(id: string, color: string | undefined): Icon {
  return { id, color };
}
