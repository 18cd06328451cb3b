import { type Clocks, Stopwatch } from '../base/stopwatch.ts';

/** Milliseconds for which an outage is expected to be short: a machine that wakes up, a VPN that connects. */
const SHORT_MS = 5 * 60_000;

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 8_000;
const LONG_WAIT_MS = 30_000;

/** A time without a network: loads fail until it is over. Plans when to try again. */
export class Outage {
  readonly #sinceStart: Stopwatch;
  #tries = 0;

  constructor(clocks?: Clocks) {
    this.#sinceStart = new Stopwatch(clocks);
  }

  /** Milliseconds between the end of a failed load and the next one. Call once for each load. */
  nextWaitMs(): number {
    const longest = this.#sinceStart.elapsedMs < SHORT_MS ? MAX_WAIT_MS : LONG_WAIT_MS;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#tries++, longest);
    // Jittered, so that all windows of an office do not come back at the same moment.
    return wait * (0.75 + Math.random() / 4);
  }
}
