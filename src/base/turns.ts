import pLimit from 'p-limit';

/** Runs changes one at a time, in call order. */
export class Turns {
  readonly #limit = pLimit(1);
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @returns the result of the change
   * @throws whatever the change throws
   */
  run<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#limit(change);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when no change is running or waiting, including changes added in the meantime. */
  async whenSettled(): Promise<void> {
    let last: Promise<unknown> | undefined;
    while (last !== this.#last) {
      last = this.#last;
      await last;
    }
  }
}
