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
  const loading = { rows, isLoading: true, retry };
  if (retry !== undefined && overdueSince !== undefined) {
    return { ...troubled(before, rows, retry.error, overdueSince, false), ...loading };
  }
  if (isQuiet && before.kind === 'failed' && rows === before.rows) {
    return { ...before, isLoading: true };
  }
  switch (before.kind) {
    case 'loading':
    case 'ready':
    case 'stale':
      return { ...before, ...loading };
    case 'signedOut':
    case 'failed':
      return { kind: 'loading', asOf: before.asOf, error: undefined, ...loading };
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
  if (outcome === undefined && before.kind !== 'ready' && before.kind !== 'stale') {
    return { ...before, rows, isLoading: false, retry: undefined };
  }
  const isKept = outcome === undefined || outcome.error?.problem === 'canceled';
  if (isKept && before.kind === 'ready') {
    return { ...before, rows, isLoading: false, retry: undefined };
  }
  if (isKept && before.kind === 'stale') {
    const mayBeIncomplete = before.mayBeIncomplete || isEveryRunnerLoaded(rows);
    return { ...before, rows, mayBeIncomplete, isLoading: false, retry: undefined };
  }
  if (outcome?.error === undefined) {
    return { kind: 'ready', rows, asOf: new Date(), isLoading: false, retry: undefined, error: undefined };
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
): Extract<InventoryState, { error: OnaApiError }> {
  const kind = isEmpty(rows) ? 'failed' : 'stale';
  // Without rows there is nothing that could be of a time, or incomplete.
  const asOf = kind === 'failed' ? undefined : before.asOf;
  const since = before.error === undefined ? failingSince : before.since;
  return {
    kind,
    rows,
    asOf,
    error,
    since,
    mayBeIncomplete: kind === 'stale' && mayBeIncomplete,
    isLoading: false,
    retry: undefined,
  };
}
