import type { OnaApiError } from './errors.ts';

/** A failed attempt, and when the next one follows. */
export interface Retry {
  readonly error: OnaApiError;
  /** Milliseconds until the next attempt. */
  readonly waitMs: number;
  /** Whether the API named that time. */
  readonly askedFor: boolean;
}

/** Per call, for all reasons together. */
const MAX_RETRIES = 5;

/** If the API asks for longer, it is called again anyway (as by its own Terraform provider), and can ask again. */
const MAX_ASKED_WAIT_MS = 30_000;

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

/** Milliseconds to wait because the API asked for it, up to a maximum; undefined if it did not ask. */
export function askedWaitMs({ retryAfterMs }: OnaApiError): number | undefined {
  return retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, MAX_ASKED_WAIT_MS);
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
