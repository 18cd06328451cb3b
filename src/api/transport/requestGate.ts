import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { OnaApiError } from './errors.ts';
import { MAX_IN_BACKGROUND, MAX_IN_FLIGHT } from './limits.ts';
import { askedWaitMs } from './retry.ts';

/** Time in milliseconds; tests supply their own. */
export interface Clock {
  now(): number;
  /** @throws the signal's reason */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};

/** Which places a request may take. */
export interface Turn {
  /** Whether a person waits for it. */
  readonly isInteractive?: boolean | undefined;
  /**
   * Whether it may also take the place that is kept for interactive requests. It takes that one first, so that several
   * of its kind do not take all others. If an interactive request needs it, this one is aborted, and made again when it
   * is its turn.
   */
  readonly isMovable?: boolean | undefined;
}

/**
 * Shared by all requests to one origin: at most `MAX_IN_FLIGHT` run at once, and none start while the API has asked for
 * a pause. A limit that one request hits applies to all of them. One place is kept for what a person waits for: loads
 * may occupy the others until they time out. Until it is needed, a request that can be moved may have it.
 */
export class RequestGate {
  readonly clock: Clock;
  readonly #limit = pLimit(MAX_IN_FLIGHT);
  readonly #background = pLimit(MAX_IN_BACKGROUND);
  /** Interactive requests that have not ended. */
  #interactive = 0;
  /** Moves the request that has the place kept for interactive ones. */
  #move: AbortController | undefined;
  #pause: { readonly until: number; readonly error: OnaApiError } | undefined;
  #answered = false;
  readonly #apiUrls = new Set<string>();

  constructor(clock: Clock = systemClock) {
    this.clock = clock;
  }

  /** Whether a response has arrived. After that, a request may reuse a connection that the server is about to close. */
  get hasAnswered(): boolean {
    return this.#answered;
  }

  /** Whether an Ona API has answered at this address, in this window or in an earlier one. */
  hasApiAnswered(apiUrl: string): boolean {
    return this.#apiUrls.has(apiUrl);
  }

  /** Call when a response has the shape that the API documents, or somebody has signed in at the address before. */
  setApiAnswered(apiUrl: string): void {
    this.#apiUrls.add(apiUrl);
  }

  /** The current pause: its cause and the remaining milliseconds. */
  get pause(): { readonly error: OnaApiError; readonly waitMs: number } | undefined {
    const waitMs = (this.#pause?.until ?? 0) - this.clock.now();
    return this.#pause === undefined || waitMs <= 0 ? undefined : { error: this.#pause.error, waitMs };
  }

  /** Delays further requests for as long as an error asks, if it names a time. */
  pauseFor(error: OnaApiError): void {
    const waitMs = askedWaitMs(error);
    if (waitMs !== undefined && waitMs > (this.pause?.waitMs ?? 0)) {
      this.#pause = { until: this.clock.now() + waitMs, error };
    }
  }

  /**
   * Runs a request when it is its turn.
   *
   * @param request is given a signal that also ends it if it is moved; it then runs again
   * @throws the signal's reason once it is aborted, otherwise whatever `request` throws
   */
  run<T>(request: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, turn: Turn = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      // An aborted request rejects without waiting for its turn.
      const abort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      this.#run(request, signal, turn)
        .finally(() => signal.removeEventListener('abort', abort))
        .then(resolve, reject);
    });
  }

  #run<T>(
    request: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    { isInteractive, isMovable }: Turn,
  ): Promise<T> {
    const inTurn = (own = signal) => this.#limit(() => this.#inTurn(() => request(own), own));
    if (isInteractive === true) {
      if (this.#background.activeCount === MAX_IN_BACKGROUND) {
        this.#move?.abort();
      }
      this.#interactive++;
      return inTurn().finally(() => this.#interactive--);
    }
    return isMovable === true && this.#interactive === 0 && this.#move === undefined
      ? this.#runUntilMoved(inTurn, signal)
      : this.#background(() => inTurn());
  }

  async #runUntilMoved<T>(inTurn: (own?: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const move = (this.#move = new AbortController());
    try {
      return await inTurn(AbortSignal.any([signal, move.signal]));
    } catch (error) {
      if (!move.signal.aborted || signal.aborted) {
        throw error;
      }
    } finally {
      this.#move = undefined;
    }
    return this.#background(() => inTurn());
  }

  async #inTurn<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let { pause } = this; pause !== undefined; { pause } = this) {
      await this.clock.sleep(pause.waitMs, signal);
    }
    signal.throwIfAborted();
    try {
      const result = await request();
      this.#answered = true;
      return result;
    } catch (error) {
      if (error instanceof OnaApiError) {
        this.#answered ||= error.httpStatus !== undefined;
        // Before the next request gets its turn.
        this.pauseFor(error);
      }
      throw error;
    }
  }
}

/** One gate per origin, shared by all its callers: a sign-in during a load counts too. */
export class RequestGates {
  readonly #gates = new Map<string, RequestGate>();

  /** @param apiUrl any address on the origin */
  of(apiUrl: string): RequestGate {
    const { origin } = new URL(apiUrl);
    const gate = this.#gates.get(origin) ?? new RequestGate();
    this.#gates.set(origin, gate);
    return gate;
  }
}
