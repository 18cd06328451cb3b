import type { OnaApiError } from './errors.ts';
import { askedWaitMs, type Retry } from './retry.ts';

/** Per call, for all reasons together. */
const MAX_RETRIES = 5;

const FIRST_WAIT_MS = 500;

/** Also the longest wait between loads while an outage is young (`outage.ts`). */
const MAX_WAIT_MS = 8_000;

/**
 * When to retry after a failure that may be temporary.
 *
 * @param retries how often this call has been retried
 * @returns undefined if it should not be retried
 */
export function planRetry(error: OnaApiError, retries: number): Retry | undefined {
  if (retries >= MAX_RETRIES) {
    return undefined;
  }
  const asked = askedWaitMs(error);
  if (asked !== undefined) {
    return { error, waitMs: asked, askedFor: true };
  }
  // `resource_exhausted` without a time is a used-up quota: waiting does not help.
  if (!isTransient(error)) {
    return undefined;
  }
  // Exponential, to spare an API in trouble, and jittered, so that its clients do not all return at once.
  const waitMs = FIRST_WAIT_MS * 2 ** retries * (0.75 + Math.random() / 2);
  return { error, waitMs: Math.min(waitMs, MAX_WAIT_MS), askedFor: false };
}

function isTransient({ problem, code, httpStatus }: OnaApiError): boolean {
  return (
    problem === 'connectionLost' ||
    code === 'deadline_exceeded' ||
    (problem === 'unavailable' && code === 'unavailable') ||
    // A gateway that cannot reach the API. One that limits requests is not asked again before the time it names.
    (problem === 'intermediary' && code === 'unavailable' && httpStatus !== 429)
  );
}
