import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { OnaApiError } from './errors.ts';
import { MAX_IN_FLIGHT } from './limits.ts';
import { askedWaitMs } from './retry.ts';

/** Time as waits see it: in milliseconds. */
export interface Clock {
  now(): number;
  /** @throws the signal's reason */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};

/**
 * What every request to one origin passes: at most so many at once, and none while the API has asked for a pause. A
 * limit that one request met holds for all of them.
 */
export class RequestGate {
  readonly clock: Clock;
  readonly #limit = pLimit(MAX_IN_FLIGHT);
  #pause: { readonly until: number; readonly error: OnaApiError } | undefined;
  #answered = false;

  constructor(clock: Clock = systemClock) {
    this.clock = clock;
  }

  /** Whether any answer came: from then on a request may meet a connection that the server is about to close. */
  get hasAnswered(): boolean {
    return this.#answered;
  }

  /** The pause that holds requests back, and for how many milliseconds it still does. */
  get pause(): { readonly error: OnaApiError; readonly waitMs: number } | undefined {
    const waitMs = (this.#pause?.until ?? 0) - this.clock.now();
    return this.#pause === undefined || waitMs <= 0 ? undefined : { error: this.#pause.error, waitMs };
  }

  /** Lets no further request start before the time that a failure names, if it names one. */
  pauseFor(error: OnaApiError): void {
    const waitMs = askedWaitMs(error);
    if (waitMs !== undefined && waitMs > (this.pause?.waitMs ?? 0)) {
      this.#pause = { until: this.clock.now() + waitMs, error };
    }
  }

  /** Runs a request when its turn has come. @throws the signal's reason while it waits, else what `request` throws */
  run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      // Whoever gives up waits for no turn.
      const abort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      this.#limit(() => this.#inTurn(request, signal))
        .finally(() => signal.removeEventListener('abort', abort))
        .then(resolve, reject);
    });
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
      this.#answered ||= error instanceof OnaApiError && error.httpStatus !== undefined;
      throw error;
    }
  }
}

/** One gate for each origin, whoever asks it: a sign-in beside a load counts too. */
export class RequestGates {
  readonly #gates = new Map<string, RequestGate>();

  /** @param apiUrl any address of the origin */
  of(apiUrl: string): RequestGate {
    const { origin } = new URL(apiUrl);
    const gate = this.#gates.get(origin) ?? new RequestGate();
    this.#gates.set(origin, gate);
    return gate;
  }
}
