import type { Disposable, Event } from './event.ts';

/** A timer stands still while the machine sleeps, so the date is compared at least this often, in milliseconds. */
const CHECK_MS = 60_000;

/** Calls back when the local date has changed: a text may name the day only because it is not today. */
export class NewDay implements Disposable {
  readonly #redraw: () => void;
  readonly #subscription: Disposable;
  /** The day that the texts were drawn on; undefined while none is watched. */
  #day: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param onDidFocus fires when the user returns to the window
   * @param redraw is expected to call `watch` again
   */
  constructor(onDidFocus: Event<unknown>, redraw: () => void) {
    this.#redraw = redraw;
    this.#subscription = onDidFocus(() => this.#check());
  }

  /** Call after drawing, with whether any text with a time is shown. */
  watch(isNeeded: boolean): void {
    clearTimeout(this.#timer);
    this.#day = isNeeded ? new Date().toDateString() : undefined;
    this.#schedule();
  }

  dispose(): void {
    this.watch(false);
    this.#subscription.dispose();
  }

  #check(): void {
    clearTimeout(this.#timer);
    if (this.#day !== undefined && this.#day !== new Date().toDateString()) {
      this.#redraw();
    } else {
      this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#day === undefined) {
      return;
    }
    const now = new Date();
    // Where the clocks change at midnight, this is the first moment of the day.
    const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    const waitMs = Math.min(tomorrow.getTime() - now.getTime(), CHECK_MS);
    this.#timer = setTimeout(() => this.#check(), waitMs).unref();
  }
}
