import type { RunnerEntry } from './groups.ts';
import type { Reason, Source } from './reasons.ts';

/**
 * - `broken`: it cannot work
 * - `attention`: it may work, but somebody should look
 * - `unchecked`: nothing is known against it, and nothing was proved
 * - `works`: it was proved to work
 */
export type Status = 'broken' | 'attention' | 'unchecked' | 'works';

/** The worst first. */
export const STATUSES = ['broken', 'attention', 'unchecked', 'works'] as const satisfies readonly Status[];

export interface ItemStatus {
  /** Follows from the item's own reasons. It is the one that is counted, marked, filtered and sorted by. */
  readonly own: Status;
  /** The worse of its own and its runner's. */
  readonly effective: Status;
  /** The item's own reasons, the worst first; empty for `unchecked` and `works`. */
  readonly reasons: readonly Reason[];
  /** What would be the worst reason if somebody here could change it; present only for an inherited integration. */
  readonly hint?: Reason;
  /** What proves that it works; present only if it does. */
  readonly proof?: { readonly source: Source; readonly at: Date };
  /** Whether the owner of the key is signed in to the host, as the runner said within the last 24 hours; absent if it did not. */
  readonly signedIn?: boolean;
}

/** The statuses without reasons. */
const PLAIN: ItemStatus[] = [];

/** Nothing is known against it, and nothing was proved. */
export const UNCHECKED: ItemStatus = plainStatus('unchecked', 'unchecked');

/** Whether a status is counted. */
export function isProblem(status: Status): status is 'broken' | 'attention' {
  return status === 'broken' || status === 'attention';
}

export function worse(a: Status, b: Status): Status {
  return STATUSES.indexOf(a) < STATUSES.indexOf(b) ? a : b;
}

/** Whether a runner can be asked and can clone. Degraded ones count as live beside active ones. */
export function isLive({ phase, role }: Pick<RunnerEntry, 'phase' | 'role'>): boolean {
  return role !== 'local' && (phase === 'RUNNER_PHASE_ACTIVE' || phase === 'RUNNER_PHASE_DEGRADED');
}

/** Whether the runner is a machine that should always run, as opposed to somebody's computer. */
export function isRemote({ runner }: Pick<RunnerEntry, 'runner'>): boolean {
  return runner?.kind === 'RUNNER_KIND_REMOTE';
}

/** A status without reasons. One object for each pair: most of 10,000 items have the same status. */
export function plainStatus(own: Status, effective: Status): ItemStatus {
  const index = STATUSES.indexOf(own) * STATUSES.length + STATUSES.indexOf(effective);
  return (PLAIN[index] ??= Object.freeze({ own, effective, reasons: Object.freeze([]) }));
}
