/** Two clicks within this time are a double click, in milliseconds. */
const TWICE_WITHIN = 500;

/**
 * Recognizes double clicks. The editor runs a row's command for each click, and also for Enter, after the key's own
 * command.
 */
export class DoubleClick {
  /** If `key` is undefined, the next click on any row completes the double click. */
  #last: { readonly at: number; readonly key: string | undefined } | undefined;

  /** @returns whether this click completes a double click on the row */
  click(key: string): boolean {
    const now = performance.now();
    const last = this.#last;
    const isSecond = last !== undefined && now - last.at < TWICE_WITHIN && (last.key ?? key) === key;
    this.#last = isSecond ? undefined : { at: now, key };
    return isSecond;
  }

  /** Makes the click that `press` causes count as a double click. */
  async enter(press: () => Thenable<unknown>): Promise<void> {
    // The row's own command follows, however long a remote window takes.
    const pressed = { at: Infinity, key: undefined };
    this.#last = pressed;
    await press();
    if (this.#last === pressed) {
      this.#last = { at: performance.now(), key: undefined };
    }
  }
}
