/** Keeps repeated work below a share of the time. */
export class Throttle {
  readonly #maxShare: number;
  /** `performance.now()` before which the work has to wait. */
  #quietUntil = 0;

  /** @param maxShare between 0 and 1 */
  constructor(maxShare: number) {
    this.#maxShare = maxShare;
  }

  /** Milliseconds until the work may be done again; 0 for now. */
  get waitMs(): number {
    return Math.max(0, this.#quietUntil - performance.now());
  }

  /** @param ms how long the work has just taken. Cheap work does not shorten an earlier pause. */
  spent(ms: number): void {
    this.#quietUntil = Math.max(this.#quietUntil, performance.now() + ms * (1 / this.#maxShare - 1));
  }
}
