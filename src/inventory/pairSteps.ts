import type { Difference } from '../base/differenceSteps.ts';

/** Number of items processed between two pauses. */
const STEP = 1000;

/** Items of two versions of a list that are the same item, and those that are only in one of them. */
export interface Pairs<T> extends Difference<T> {
  readonly pairs: readonly (readonly [old: T, current: T])[];
}

/**
 * Finds which of the items that differ are the same item in another state, in steps. Items that share their key with
 * others stay alone, because nobody knows which is which.
 *
 * @param keyOf undefined for an item that cannot be recognized
 */
export function* pairSteps<T>(
  { gone, fresh }: Difference<T>,
  keyOf: (item: T) => string | undefined,
): Generator<void, Pairs<T>, undefined> {
  const candidates = yield* uniqueSteps(fresh, keyOf);
  const old = yield* uniqueSteps(gone, keyOf);
  const pairs: (readonly [T, T])[] = [];
  const paired = new Set<T>();
  for (const [key, item] of old) {
    const current = candidates.get(key);
    if (item !== undefined && current !== undefined) {
      paired.add(item).add(current);
      if (pairs.push([item, current]) % STEP === 0) {
        yield;
      }
    }
  }
  const isAlone = (item: T) => !paired.has(item);
  return { pairs, gone: gone.filter(isAlone), fresh: fresh.filter(isAlone) };
}

/** The items by key; undefined for a key that several share. */
function* uniqueSteps<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Generator<void, Map<string, T | undefined>, undefined> {
  const found = new Map<string, T | undefined>();
  for (const [i, item] of items.entries()) {
    const key = keyOf(item);
    if (key !== undefined) {
      found.set(key, found.has(key) ? undefined : item);
    }
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  return found;
}
