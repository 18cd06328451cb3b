/** So many items are looked at between two pauses. */
const STEP = 1000;

/**
 * A list on its way in: fresh items over previous ones, equal objects kept as they were, repetitions (a list that
 * moved under the walk, or one item asked for twice) once. Previous items stay in their places.
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

  /** Takes up the previous items, in steps: they may be many. To be run to its end before the first item comes. */
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
      // The JSON of two decoded values is the same where they are: the decoders give fields one order.
      if (old === undefined || JSON.stringify(old) !== JSON.stringify(item)) {
        this.#overlay.set(key, item);
        this.#items = undefined;
      }
      this.#fresh.add(key);
    }
  }

  /** Drops, in steps, those of these previous items that have not come again: they are gone. */
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

  /** The previous list itself where nothing differs from it; frozen. */
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
