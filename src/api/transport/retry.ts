import type { OnaApiError } from './errors.ts';

/** A failed attempt, and when the next one follows. */
export interface Retry {
  readonly error: OnaApiError;
  /** Milliseconds until the next attempt. */
  readonly waitMs: number;
  /** Whether the API named that time. */
  readonly askedFor: boolean;
}

/** If the API asks for longer, it is called again anyway (as by its own Terraform provider), and can ask again. */
const MAX_ASKED_WAIT_MS = 30_000;

/** Milliseconds to wait because the API asked for it, up to a maximum; undefined if it did not ask. */
export function askedWaitMs({ retryAfterMs }: OnaApiError): number | undefined {
  return retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, MAX_ASKED_WAIT_MS);
}
