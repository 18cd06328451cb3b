import type { HostAccess } from '../api/hostAccess.ts';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { Disposable } from '../base/event.ts';
import type { CallOutcome } from './callRunner.ts';
import type { CheckFailure } from './checkState.ts';

/** Between two questions. */
export const POLL_MS = 2000;

/** From the start of a poll to its end, whether or not something was visible. */
export const POLL_LIMIT_MS = 60_000;

type OnDidReturn = (listener: () => unknown) => Disposable;

export interface SignInQuestion {
  /** Asks the runner whether the owner of the key is signed in. Never rejects unless there is a bug. */
  readonly ask: (signal: AbortSignal) => Promise<CallOutcome<Pick<HostAccess, 'authenticated'>>>;
  /** Fires when somebody returns to the window. */
  readonly onDidReturn: OnDidReturn;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface SignInPoll extends SignInQuestion {
  /** Whether anything shows the answer. If not, the runner is left alone. */
  readonly isVisible: () => boolean;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** How it ended. */
export type SignInPollEnd =
  | { readonly kind: 'signedIn' }
  /** The runner did not say that somebody is signed in; `failure` is why it has not answered the last time. */
  | { readonly kind: 'gaveUp'; readonly failure: CheckFailure | undefined }
  /** The next answer would be the same. */
  | { readonly kind: 'refused'; readonly failure: CheckFailure }
  | { readonly kind: 'keyRefused'; readonly error: OnaApiError }
  /** By a person, or because the session has ended. */
  | { readonly kind: 'canceled' };

/** Asks every two seconds, and at once when somebody returns to the window. One question at a time. */
export async function pollForSignIn({
  ask,
  onDidReturn,
  signal,
  isVisible,
  now = () => performance.now(),
}: SignInPoll): Promise<SignInPollEnd> {
  const start = now();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), POLL_LIMIT_MS);
  const stop = AbortSignal.any([signal, limit.signal]);
  let failure: CheckFailure | undefined;
  try {
    for (;;) {
      await next(onDidReturn, stop, POLL_MS);
      if (signal.aborted) {
        return { kind: 'canceled' };
      }
      // Timers can be late.
      if (stop.aborted || now() - start >= POLL_LIMIT_MS) {
        return { kind: 'gaveUp', failure };
      }
      if (isVisible()) {
        const end = endOf(await ask(stop));
        // The answer to the last question may not have arrived in time.
        const isTimeUp = end.kind === 'canceled' && limit.signal.aborted && !signal.aborted;
        if (end.kind !== 'gaveUp' && !isTimeUp) {
          return end;
        }
        failure = end.kind === 'gaveUp' ? end.failure : failure;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Asks once more, when somebody returns to the window. */
export async function askOnReturn({ ask, onDidReturn, signal }: SignInQuestion): Promise<SignInPollEnd> {
  await next(onDidReturn, signal);
  return signal.aborted ? { kind: 'canceled' } : endOf(await ask(signal));
}

/** Whether a runner that failed to answer in this way would do so again. */
export function isLasting({ kind }: CheckFailure): boolean {
  return kind === 'notActive' || kind === 'unsupported' || kind === 'readOnlyKey' || kind === 'noPermission';
}

function endOf(outcome: CallOutcome<Pick<HostAccess, 'authenticated'>>): SignInPollEnd {
  switch (outcome.kind) {
    case 'answer':
      return outcome.answer.authenticated ? { kind: 'signedIn' } : { kind: 'gaveUp', failure: undefined };
    case 'failure':
      return { kind: isLasting(outcome.failure) ? 'refused' : 'gaveUp', failure: outcome.failure };
    case 'keyRefused':
    case 'canceled':
      return outcome;
  }
}

/**
 * Waits until somebody returns to the window, or for a while, or for the end.
 *
 * @param ms how long at most; by default for good
 */
function next(onDidReturn: OnDidReturn, signal: AbortSignal, ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      listener.dispose();
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const listener = onDidReturn(stop);
    const timer = ms === undefined ? undefined : setTimeout(stop, ms);
    signal.addEventListener('abort', stop);
    if (signal.aborted) {
      stop();
    }
  });
}
