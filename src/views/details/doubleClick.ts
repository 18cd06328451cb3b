/** The two runs of a row's command that are one double click come within this time, in milliseconds. */
const TWICE_WITHIN = 500;

/**
 * Tells a double click from two clicks. The editor runs a row's command for each click, and for Enter after the command
 * of the key.
 */
export class DoubleClick {
  /** Without a key it stands for a click on any row. */
  #last: { readonly at: number; readonly key: string | undefined } | undefined;

  /** @returns whether this click on the row makes a double click */
  click(key: string): boolean {
    const now = performance.now();
    const last = this.#last;
    const isSecond = last !== undefined && now - last.at < TWICE_WITHIN && (last.key ?? key) === key;
    this.#last = isSecond ? undefined : { at: now, key };
    return isSecond;
  }

  /** Makes the click that `press` leads to a double click. */
  async enter(press: () => Thenable<unknown>): Promise<void> {
    // The row's own command comes after this, however far away the window is.
    const pressed = { at: Infinity, key: undefined };
    this.#last = pressed;
    await press();
    if (this.#last === pressed) {
      this.#last = { at: performance.now(), key: undefined };
    }
  }
}
