import type { Disposable } from './event.ts';

/** A timer stands still while the machine sleeps, so the time is compared at least this often, in milliseconds. */
const CHECK_MS = 60_000;

/** Calls back once a moment of the wall clock has come. One at a time. */
export class Alarm implements Disposable {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** @param moment replaces the one set before; undefined for none */
  set(moment: Date | undefined): void {
    clearTimeout(this.#timer);
    if (moment === undefined) {
      return;
    }
    const waitMs = moment.getTime() - Date.now();
    this.#timer = setTimeout(
      () => (waitMs > CHECK_MS ? this.set(moment) : this.#ring()),
      Math.min(Math.max(0, waitMs), CHECK_MS),
    ).unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
