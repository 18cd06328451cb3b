/** Number of items processed between two pauses. */
const STEP = 1000;

/**
 * A list that is being loaded: fresh items replace previous ones in place, and equal items keep their previous object.
 * Items that arrive twice (because the list shifted during the walk, or they were requested twice) appear once.
 */
export class MergedList<T extends object> {
  readonly #previous: readonly T[];
  readonly #keyOf: (item: T) => string;
  readonly #overlay = new Map<string, T>();
  readonly #fresh = new Set<string>();
  #items: readonly T[] | undefined;

  constructor(previous: readonly T[], keyOf: (item: T) => string) {
    this.#previous = this.#items = previous;
    this.#keyOf = keyOf;
  }

  /** Indexes the previous items, in steps, because there may be many. Must end before the first `add`. */
  *index(): Generator<void, void, undefined> {
    for (const [i, item] of this.#previous.entries()) {
      this.#overlay.set(this.#keyOf(item), item);
      if (i % STEP === STEP - 1) {
        yield;
      }
    }
  }

  add(items: readonly T[]): void {
    for (const item of items) {
      const key = this.#keyOf(item);
      const old = this.#overlay.get(key);
      // Equal items have equal JSON, because decoders always write fields in the same order.
      if (old === undefined || JSON.stringify(old) !== JSON.stringify(item)) {
        this.#overlay.set(key, item);
        this.#items = undefined;
      }
      this.#fresh.add(key);
    }
  }

  /** Drops, in steps, those of these previous items that have not arrived again: they no longer exist. */
  *dropUnseen(items: readonly T[]): Generator<void, void, undefined> {
    for (const [i, item] of items.entries()) {
      const key = this.#keyOf(item);
      if (!this.#fresh.has(key) && this.#overlay.delete(key)) {
        this.#items = undefined;
      }
      if (i % STEP === STEP - 1) {
        yield;
      }
    }
  }

  /** Frozen; the previous list itself if nothing has changed. */
  items(): readonly T[] {
    return (this.#items ??= this.#current());
  }

  #current(): readonly T[] {
    const items = [...this.#overlay.values()];
    const same =
      items.length === this.#previous.length && items.every((item, i) => item === this.#previous[i]);
    return same ? this.#previous : Object.freeze(items);
  }
}
