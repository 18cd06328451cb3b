/** Limits repeated work to a share of the time. */
export class Throttle {
  readonly #maxShare: number;
  /** The `performance.now()` at which the work may run again. */
  #quietUntil = 0;

  /** @param maxShare between 0 and 1 */
  constructor(maxShare: number) {
    this.#maxShare = maxShare;
  }

  /** Milliseconds until the work may run again; 0 if it may run now. */
  get waitMs(): number {
    return Math.max(0, this.#quietUntil - performance.now());
  }

  /**
   * Records that the work was done. Cheap work does not shorten an earlier pause.
   *
   * @param ms how long it took
   */
  spent(ms: number): void {
    this.#quietUntil = Math.max(this.#quietUntil, performance.now() + ms * (1 / this.#maxShare - 1));
  }
}
