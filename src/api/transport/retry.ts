import type { OnaApiError } from './errors.ts';

/** A try that failed, and when the next one comes. */
export interface Retry {
  readonly error: OnaApiError;
  /** Milliseconds until the next try. */
  readonly waitMs: number;
  /** The API named that time. */
  readonly askedFor: boolean;
}

/** Of one call, whatever the reasons. */
const MAX_RETRIES = 5;

/** An API that asks for more is asked again all the same (as its own Terraform provider does), and then says so again. */
const MAX_ASKED_WAIT_MS = 30_000;

const FIRST_WAIT_MS = 500;

/**
 * When to try again after a failure that a later try may not meet; undefined for never.
 *
 * @param retries how often this call was tried again before
 */
export function planRetry(error: OnaApiError, retries: number): Retry | undefined {
  if (retries >= MAX_RETRIES) {
    return undefined;
  }
  const asked = askedWaitMs(error);
  if (asked !== undefined) {
    return { error, waitMs: asked, askedFor: true };
  }
  // `resource_exhausted` without a time is a quota, which no waiting helps.
  if (!isTransient(error)) {
    return undefined;
  }
  // Growing, so that an API in trouble is left alone, and jittered, so that its clients do not come back as one.
  const waitMs = FIRST_WAIT_MS * 2 ** retries * (0.75 + Math.random() / 2);
  return { error, waitMs, askedFor: false };
}

/** For how long the API wants no request, so far as this product obeys; undefined where it did not say. */
export function askedWaitMs({ retryAfterMs }: OnaApiError): number | undefined {
  return retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, MAX_ASKED_WAIT_MS);
}

function isTransient({ problem, code }: OnaApiError): boolean {
  return (
    problem === 'connectionLost' ||
    code === 'deadline_exceeded' ||
    (problem === 'unavailable' && code === 'unavailable')
  );
}
