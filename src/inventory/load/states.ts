import type { OnaApiError } from '../../api/transport/errors.ts';
import type { Retry } from '../../api/transport/retry.ts';
import type { LoadOutcome } from './loader.ts';
import { type InventoryState, isEmpty, type InventoryData } from '../model.ts';

/** The progress of a running load. */
export interface Progress {
  readonly data: InventoryData;
  /** A failed attempt that will be retried. */
  readonly retry: Retry | undefined;
  /** Since when attempts have been failing; undefined until that has lasted for a while. */
  readonly overdueSince: Date | undefined;
}

/** The state before a first load, with earlier rows if there are any. */
export function toBeLoaded({
  data,
  signIns,
  asOf,
}: Pick<InventoryState, 'data' | 'signIns' | 'asOf'>): InventoryState {
  return { kind: 'loading', data, signIns, asOf, isLoading: false, retry: undefined, error: undefined };
}

/**
 * The state while a load runs.
 *
 * @param isQuiet whether the load runs in the background: a failure without rows stays visible, with its actions, until
 *   there is something better to show
 */
export function stateDuring(
  before: InventoryState,
  { data, retry, overdueSince }: Progress,
  isQuiet = false,
): InventoryState {
  const loading = { data, isLoading: true, retry };
  if (retry !== undefined && overdueSince !== undefined) {
    return { ...troubled(before, data, retry.error, overdueSince, false), ...loading };
  }
  if (isQuiet && before.kind === 'failed' && data === before.data) {
    return { ...before, isLoading: true };
  }
  switch (before.kind) {
    case 'loading':
    case 'ready':
    case 'stale':
      return { ...before, ...loading };
    case 'signedOut':
    case 'failed':
      return { ...loading, kind: 'loading', signIns: before.signIns, asOf: before.asOf, error: undefined };
  }
}

/**
 * The state after a load.
 *
 * @param outcome undefined if only some runners were loaded, which says nothing about the rest
 * @param failingSince since when its attempts had been failing, if they did until the end
 */
export function stateAfter(
  before: InventoryState,
  data: InventoryData,
  outcome: LoadOutcome | undefined,
  failingSince: Date | undefined,
): InventoryState {
  if (outcome === undefined && before.kind !== 'ready' && before.kind !== 'stale') {
    return { ...before, data, isLoading: false, retry: undefined };
  }
  const isKept = outcome === undefined || outcome.error?.problem === 'canceled';
  // If a load is canceled after it has changed some rows, the others may be missing or out of date.
  const isMixed =
    outcome !== undefined && before.kind === 'ready' && (data !== before.data || before.isMixed);
  if (isKept && before.kind === 'ready' && isMixed !== true) {
    return { ...before, data, isLoading: false, retry: undefined };
  }
  if (isKept && before.kind === 'stale') {
    const mayBeIncomplete = before.mayBeIncomplete || isEveryRunnerLoaded(data);
    return { ...before, data, mayBeIncomplete, isLoading: false, retry: undefined };
  }
  if (outcome?.error === undefined) {
    const { signIns } = before;
    const ended = { isLoading: false, retry: undefined, error: undefined };
    return { kind: 'ready', data, signIns, asOf: new Date(), ...ended };
  }
  return troubled(before, data, outcome.error, failingSince ?? new Date(), outcome.mayBeIncomplete);
}

function isEveryRunnerLoaded({ runners, completeRunnerIds, runnerErrors }: InventoryData): boolean {
  return runnerErrors === undefined && runners.every(({ id }) => completeRunnerIds?.has(id) === true);
}

function troubled(
  before: InventoryState,
  data: InventoryData,
  error: OnaApiError,
  failingSince: Date,
  mayBeIncomplete: boolean,
): Extract<InventoryState, { error: OnaApiError }> {
  const kind = isEmpty(data) ? 'failed' : 'stale';
  // Without rows, there is nothing that could have an age or be incomplete.
  const asOf = kind === 'failed' ? undefined : before.asOf;
  const since = before.error === undefined ? failingSince : before.since;
  return {
    kind,
    data,
    signIns: before.signIns,
    asOf,
    error,
    since,
    mayBeIncomplete: kind === 'stale' && mayBeIncomplete,
    isLoading: false,
    retry: undefined,
  };
}
