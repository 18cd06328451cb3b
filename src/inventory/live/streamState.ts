import type { ConnectCode } from '../../api/transport/errors.ts';

/** What the stream of events is doing. Times are in milliseconds of a clock that is never set. */
export interface StreamState {
  readonly kind:
    | 'idle'
    | 'connecting'
    | 'open'
    /** Until the next attempt. */
    | 'waiting'
    /** Until the key or the address changes: the API has no stream, or the key may not read it. */
    | 'off';
  /** Since when; if it is waiting, until when. */
  readonly at: number;
  /** How often it has been opened again without lasting. */
  readonly retries: number;
  /** Whether the current or last attempt has delivered anything. */
  readonly isHeard: boolean;
  /** How many attempts in a row should have delivered something, but did not. 0 once any attempt has. */
  readonly unheard: number;
  /** Whether any attempt has delivered anything. */
  readonly hasDelivered: boolean;
}

export type StreamInput =
  /** Whether a stream is of use now. */
  | { readonly kind: 'wanted'; readonly isWanted: boolean }
  | { readonly kind: 'opened' }
  | { readonly kind: 'message' }
  /** With an error, unless the API has ended it without one. */
  | { readonly kind: 'ended'; readonly error?: StreamError }
  /** The machine may have slept, so the connection may be dead without anybody noticing. */
  | { readonly kind: 'slept' }
  /** The wait may be over. */
  | { readonly kind: 'due' };

export interface StreamError {
  readonly code: ConnectCode;
  readonly isSilence: boolean;
  /** Milliseconds that the API asks to wait. */
  readonly retryAfterMs?: number | undefined;
}

export const NO_STREAM: StreamState = {
  kind: 'idle',
  at: 0,
  retries: 0,
  isHeard: false,
  unheard: 0,
  hasDelivered: false,
};

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/** A stream that has been open for so many milliseconds works: the next wait is the first one again. */
const LASTING_MS = 60_000;

/**
 * A stream that was open for so many milliseconds should have delivered something before it was cut off. Proxies that
 * hold messages back take it for idle, and often cut it off after 30 or 60 s.
 */
const DUE_MS = 20_000;

/** After so many attempts in a row without any message, something on the way must be holding messages back. */
const MAX_UNHEARD = 2;

/** Trying again would not help. */
const FINAL_CODES = new Set<ConnectCode>([
  'not_found',
  'permission_denied',
  'unauthenticated',
  'unimplemented',
]);

/** Known to come from an API that is in trouble, or wants the client gone. */
const SLOW_CODES = new Set<ConnectCode>(['canceled', 'internal']);

/**
 * The next state of the stream. Open a stream whenever the state becomes `connecting`, even if it was before, and close
 * it when it is no longer `connecting` or `open`.
 *
 * @param now milliseconds of a clock that is never set
 * @param random from 0 to 1, so that not all clients return at once
 */
export function nextStreamState(
  state: StreamState,
  input: StreamInput,
  now: number,
  random: number,
): StreamState {
  const connecting: StreamState = { ...state, kind: 'connecting', at: now, isHeard: false };
  const isRunning = state.kind === 'connecting' || state.kind === 'open';
  switch (input.kind) {
    case 'wanted':
      if (state.kind === 'off' || input.isWanted !== (state.kind === 'idle')) {
        return state;
      }
      return input.isWanted ? connecting : { ...state, kind: 'idle', at: now };
    case 'opened':
      return state.kind === 'connecting' ? { ...state, kind: 'open', at: now } : state;
    case 'message':
      return isRunning && !state.isHeard
        ? { ...state, isHeard: true, unheard: 0, hasDelivered: true }
        : state;
    case 'ended':
      return isRunning ? ended(state, input.error, now, random) : state;
    case 'slept':
      return isRunning || state.kind === 'waiting' ? connecting : state;
    case 'due':
      return state.kind === 'waiting' && now >= state.at ? connecting : state;
  }
}

function ended(state: StreamState, error: StreamError | undefined, now: number, random: number): StreamState {
  // Once something has been delivered, nothing on the way holds messages back: the network is down.
  const isCutOff = error !== undefined && state.kind === 'open' && now - state.at >= DUE_MS;
  const isUnheard = !state.hasDelivered && (error?.isSilence === true || isCutOff);
  const unheard = isUnheard ? state.unheard + 1 : 0;
  if (unheard >= MAX_UNHEARD || (error !== undefined && FINAL_CODES.has(error.code))) {
    return { ...state, kind: 'off', at: now, unheard };
  }
  const hasLasted = state.kind === 'open' && now - state.at >= LASTING_MS;
  const retries = hasLasted ? 0 : state.retries;
  const isSlow = error !== undefined && SLOW_CODES.has(error.code);
  const waitMs = isSlow ? MAX_WAIT_MS : Math.min(FIRST_WAIT_MS * 2 ** retries, MAX_WAIT_MS);
  const spreadMs = waitMs * (0.75 + random / 2);
  const until = now + Math.max(spreadMs, error?.retryAfterMs ?? 0);
  return { ...state, kind: 'waiting', at: until, retries: retries + 1, unheard };
}
