import type { OnaApiError } from '../api/transport/errors.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import type { CallOutcome } from './callRunner.ts';
import type { CheckFailure } from './checkState.ts';
import { MAX_CHECKS } from './checkStore.ts';

export interface RunOptions {
  /** Cancels the calls that have no answer yet. */
  readonly signal: AbortSignal;
  /** `CheckStore.ended` as it was when the calls were planned: nobody else's key is used for the rest of them. */
  readonly ended: AbortSignal;
  /** Called at the start, and whenever a call has ended. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** How many checks ended. */
export interface RunOutcome<Call, Answer> {
  readonly answered: readonly { readonly call: Call; readonly answer: Answer }[];
  readonly failed: readonly { readonly call: Call; readonly failure: CheckFailure }[];
  /** Not asked, because their runner did not answer two others in time. */
  readonly skipped: readonly Call[];
  /** Not asked, or without an answer, because the run was canceled or had to stop. */
  readonly unasked: readonly Call[];
  /** Why the run had to stop: the API does not accept the key. */
  readonly stoppedBy: OnaApiError | undefined;
}

/** A runner that has failed to answer this many calls in time is not asked again in the same run. */
const MAX_TIMEOUTS = 2;

/** Makes many calls, a few at a time. Never rejects unless there is a bug. */
export async function runChecks<Call extends { readonly runner: RunnerEntry }, Answer>(
  calls: readonly Call[],
  check: (call: Call, signal: AbortSignal) => Promise<CallOutcome<Answer>>,
  { signal, ended, onProgress }: RunOptions,
): Promise<RunOutcome<Call, Answer>> {
  const answered: { call: Call; answer: Answer }[] = [];
  const failed: { call: Call; failure: CheckFailure }[] = [];
  const skipped: Call[] = [];
  const unasked: Call[] = [];
  const timeouts = new Map<string, number>();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, ended, stop.signal]);
  let stoppedBy: OnaApiError | undefined;
  let done = 0;
  const one = async (call: Call): Promise<void> => {
    const { runnerId } = call.runner.ref;
    const missed = timeouts.get(runnerId) ?? 0;
    if (missed >= MAX_TIMEOUTS) {
      skipped.push(call);
      return;
    }
    const outcome = await check(call, either);
    switch (outcome.kind) {
      case 'answer':
        answered.push({ call, answer: outcome.answer });
        break;
      case 'failure':
        failed.push({ call, failure: outcome.failure });
        if (outcome.failure.kind === 'timeout') {
          timeouts.set(runnerId, (timeouts.get(runnerId) ?? 0) + 1);
        }
        break;
      case 'keyRefused':
        stoppedBy ??= outcome.error;
        unasked.push(call);
        stop.abort();
        break;
      case 'canceled':
        unasked.push(call);
        break;
    }
  };
  onProgress?.(0, calls.length);
  const queue = calls.values();
  const work = async (): Promise<void> => {
    for (const call of queue) {
      if (either.aborted) {
        unasked.push(call);
      } else {
        await one(call);
        onProgress?.(++done, calls.length);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: MAX_CHECKS }, work));
  } finally {
    // After a bug, nobody could cancel the others any more.
    stop.abort();
  }
  return { answered, failed, skipped, unasked, stoppedBy };
}

/** The same calls in an order in which a runner that does not answer holds up as few others as possible. */
export function interleaved<Call extends { readonly runner: RunnerEntry }>(
  calls: readonly Call[],
): readonly Call[] {
  const counts = new Map<string, number>();
  const turns = calls.map((call) => {
    const turn = counts.get(call.runner.ref.runnerId) ?? 0;
    counts.set(call.runner.ref.runnerId, turn + 1);
    return { call, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ call }) => call);
}
