import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';

/** The API publishes no limits; this is what a browser would do over two hosts' worth of connections. */
export const MAX_IN_FLIGHT = 8;

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
  #pausedUntil = 0;
  #answered = false;

  constructor(clock: Clock = systemClock) {
    this.clock = clock;
  }

  /** Whether any answer came: from then on a request may meet a connection that the server is about to close. */
  get hasAnswered(): boolean {
    return this.#answered;
  }

  /** Lets no further request start for so long. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.clock.now() + ms);
  }

  /** Runs a request when its turn has come. @throws the signal's reason while it waits, else what `request` throws */
  run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#limit(async () => {
      for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
        await this.clock.sleep(wait, signal);
      }
      signal.throwIfAborted();
      const result = await request();
      this.#answered = true;
      return result;
    });
  }

  #wait(): number {
    return this.#pausedUntil - this.clock.now();
  }
}

const gates = new Map<string, RequestGate>();

/** The gate of an origin, the same for every client in this process. */
export function gateOf(origin: string): RequestGate {
  const gate = gates.get(origin) ?? new RequestGate();
  gates.set(origin, gate);
  return gate;
}
