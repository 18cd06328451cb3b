/** Two clocks, both in milliseconds. */
export interface Clocks {
  /** Is never set, but may stand still while the machine sleeps. */
  readonly monotonic: () => number;
  /** Continues during sleep, but can be set in either direction. */
  readonly wall: () => number;
}

export const SYSTEM_CLOCKS: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * Measures elapsed time, including sleep. Neither clock can be trusted alone, so the one on which more time has passed
 * counts: a clock that is set back delays nothing, and one that is set forward only makes time seem longer.
 */
export class Stopwatch {
  readonly #clocks: Clocks;
  #monotonic: number;
  #wall: number;

  constructor(clocks = SYSTEM_CLOCKS) {
    this.#clocks = clocks;
    this.#monotonic = clocks.monotonic();
    this.#wall = clocks.wall();
  }

  /** Milliseconds since the start; never negative. */
  get elapsedMs(): number {
    const { monotonic, wall } = this.#clocks;
    return Math.max(0, monotonic() - this.#monotonic, wall() - this.#wall);
  }

  restart(): void {
    this.#monotonic = this.#clocks.monotonic();
    this.#wall = this.#clocks.wall();
  }
}
