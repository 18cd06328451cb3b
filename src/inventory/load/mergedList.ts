import { isSameList } from '../../base/isSameList.ts';

/** Number of items processed between two pauses. */
const STEP = 1000;

/**
 * A list that is being loaded: fresh items replace previous ones in place, and equal items keep their previous object.
 * Items that arrive twice (because the list shifted during the walk, or they were requested twice) appear once. Previous
 * items stay until they are dropped.
 */
export class MergedList<T extends object> {
  readonly #previous: readonly T[];
  readonly #keyOf: (item: T) => string;
  readonly #overlay = new Map<string, T>();
  /** For each item that has arrived: which request brought it. */
  readonly #arrived = new Map<string, number>();
  /** The items that are proved to exist. */
  readonly #proved = new Set<string>();
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

  /**
   * @param asked the number of the request that brought the items: an answer to an earlier one changes nothing
   * @param isProof whether the items count as existing at the end of the load
   */
  add(items: readonly T[], asked: number, isProof: boolean): void {
    for (const item of items) {
      const key = this.#keyOf(item);
      if (isProof) {
        this.#proved.add(key);
      }
      if ((this.#arrived.get(key) ?? 0) > asked) {
        continue;
      }
      const old = this.#overlay.get(key);
      // Equal items have equal JSON, because decoders always write fields in the same order.
      if (old === undefined || JSON.stringify(old) !== JSON.stringify(item)) {
        this.#overlay.set(key, item);
        this.#items = undefined;
      }
      this.#arrived.set(key, asked);
    }
  }

  /** Those of the items that are not proved to exist, in steps. */
  *unproved(items: readonly T[] = this.items()): Generator<void, readonly T[], undefined> {
    const found: T[] = [];
    for (const [i, item] of items.entries()) {
      const key = this.#keyOf(item);
      if (!this.#proved.has(key) && this.#overlay.has(key)) {
        found.push(item);
      }
      if (i % STEP === STEP - 1) {
        yield;
      }
    }
    return found;
  }

  /** In steps. */
  *drop(items: readonly T[]): Generator<void, void, undefined> {
    for (const [i, item] of items.entries()) {
      if (this.#overlay.delete(this.#keyOf(item))) {
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
    return isSameList(items, this.#previous) ? this.#previous : Object.freeze(items);
  }
}
