import type { OnaApiError } from '../api/errors.ts';
import type { Retry } from '../api/retry.ts';
import type { LoadOutcome } from './load.ts';
import { type InventoryState, isEmpty, type Rows } from './model.ts';

/** Where a load stands that has not ended. */
export interface Progress {
  readonly rows: Rows;
  /** A try that failed, and that another one follows. */
  readonly retry: Retry | undefined;
  /** Since when tries fail, once it has been so for long; else undefined. */
  readonly overdueSince: Date | undefined;
}

/**
 * The state while a load runs.
 *
 * @param isQuiet nobody asked for it: a failure without rows, and its ways out, stand until there is something better
 */
export function stateDuring(
  before: InventoryState,
  { rows, retry, overdueSince }: Progress,
  isQuiet = false,
): InventoryState {
  const trying = retry && { retry };
  if (retry !== undefined && overdueSince !== undefined) {
    return { ...troubled(before, rows, retry.error, overdueSince, false), refreshing: true, retry };
  }
  if (isQuiet && before.kind === 'failed' && rows === before.rows) {
    return { ...before, refreshing: true };
  }
  switch (before.kind) {
    case 'ready':
    case 'stale':
      return { ...before, rows, refreshing: true, ...trying };
    case 'loading':
      return { ...before, rows, ...trying };
    case 'signedOut':
    case 'failed':
      return { kind: 'loading', rows, ...trying };
  }
}

/**
 * The state after a load.
 *
 * @param outcome undefined where it asked only for a part, which says nothing of the whole
 * @param failingSince since when its tries failed, if they did until the end
 */
export function stateAfter(
  before: InventoryState,
  rows: Rows,
  outcome: LoadOutcome | undefined,
  failingSince: Date | undefined,
): InventoryState {
  const isKept = outcome === undefined || outcome.error?.problem === 'canceled';
  if (isKept && before.kind === 'ready') {
    return { ...before, rows, refreshing: false };
  }
  if (isKept && before.kind === 'stale') {
    const mayBeIncomplete = before.mayBeIncomplete || isEveryRunnerLoaded(rows);
    return { ...before, rows, mayBeIncomplete, refreshing: false };
  }
  if (outcome?.error === undefined) {
    return { kind: 'ready', rows, asOf: new Date(), refreshing: false };
  }
  return troubled(before, rows, outcome.error, failingSince ?? new Date(), outcome.mayBeIncomplete);
}

function isEveryRunnerLoaded({ runners, loadedRunners, failedRunners }: Rows): boolean {
  return failedRunners === undefined && runners.every(({ id }) => loadedRunners?.has(id) === true);
}

function troubled(
  before: InventoryState,
  rows: Rows,
  error: OnaApiError,
  failingSince: Date,
  mayBeIncomplete: boolean,
): Extract<InventoryState, { kind: 'stale' | 'failed' }> {
  const since = before.kind === 'stale' || before.kind === 'failed' ? before.since : failingSince;
  if (isEmpty(rows)) {
    return { kind: 'failed', rows, error, since, refreshing: false };
  }
  const asOf = 'asOf' in before ? before.asOf : undefined;
  return { kind: 'stale', rows, asOf, error, since, mayBeIncomplete, refreshing: false };
}
