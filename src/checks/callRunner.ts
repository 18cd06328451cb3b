import type { Connection } from '../account/sessionState.ts';
import { OnaApiError } from '../api/transport/errors.ts';
import type { CallOptions } from '../api/transport/connect.ts';
import { checkFailureOf } from './checkFailure.ts';
import type { CheckFailure } from './checkState.ts';

/** How a call to a runner ended. */
export type CallOutcome<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'failure'; readonly failure: CheckFailure }
  /** The API does not accept the key (any more), so no other call would succeed either. */
  | { readonly kind: 'keyRefused'; readonly error: OnaApiError }
  | { readonly kind: 'canceled' };

/** How often the API may refuse a call because of a limit before that counts as a failure. */
const MAX_LIMITED = 3;

/**
 * Makes one call to a runner. It is sent again only if the API has answered that it did nothing, because of a limit, and
 * when to try again. After a lost answer nobody knows whether the runner was asked.
 *
 * @throws nothing but bugs
 */
export async function ask<T>(
  connection: Connection,
  signal: AbortSignal,
  send: (connection: Connection, options: CallOptions) => Promise<T | undefined>,
): Promise<CallOutcome<T>> {
  const isStopped = () => signal.aborted;
  for (let limited = 0; !isStopped(); limited++) {
    try {
      // A person waits for it.
      const answer = await send(connection, { signal, isInteractive: true });
      return answer === undefined
        ? { kind: 'failure', failure: { kind: 'noResult' } }
        : { kind: 'answer', answer };
    } catch (error) {
      if (isStopped()) {
        break;
      }
      if (!(error instanceof OnaApiError)) {
        throw error;
      }
      if (error.code === 'unauthenticated') {
        return { kind: 'keyRefused', error };
      }
      // The next call waits as long as the API asks.
      if (error.problem !== 'limit' || error.retryAfterMs === undefined || limited >= MAX_LIMITED) {
        return { kind: 'failure', failure: checkFailureOf(error) };
      }
    }
  }
  return { kind: 'canceled' };
}
