/** Number of items processed between two pauses. */
const STEP = 1000;

/** What differs between two versions of a list, each in the order of its list. */
export interface Difference<T> {
  readonly gone: readonly T[];
  readonly fresh: readonly T[];
}

/**
 * Compares two versions of a list in which an item that has not changed is the same object, in steps. Items are
 * compared only by identity. Their order makes no difference, and no list may contain an object twice.
 */
export function* differenceSteps<T>(
  before: readonly T[],
  after: readonly T[],
): Generator<void, Difference<T>, undefined> {
  if (before === after) {
    return { gone: [], fresh: [] };
  }
  const start = yield* sameSteps(before, after, (i) => i, Math.min(before.length, after.length));
  const left = Math.min(before.length, after.length) - start;
  const end = yield* sameSteps(before, after, (i, { length }) => length - 1 - i, left);
  const [old, current] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return { gone: yield* missingSteps(old, current), fresh: yield* missingSteps(current, old) };
}

/** How many items are the same at the same places, up to the first that is not. Most changes concern few items. */
function* sameSteps<T>(
  before: readonly T[],
  after: readonly T[],
  place: (i: number, list: readonly T[]) => number,
  max: number,
): Generator<void, number, undefined> {
  for (let i = 0; i < max; i++) {
    if (before[place(i, before)] !== after[place(i, after)]) {
      return i;
    }
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  return max;
}

/** Those that are not among the others. */
function* missingSteps<T>(items: readonly T[], others: readonly T[]): Generator<void, T[], undefined> {
  const known = new Set<T>();
  for (const [i, item] of others.entries()) {
    known.add(item);
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  const missing: T[] = [];
  for (const [i, item] of items.entries()) {
    if (!known.has(item)) {
      missing.push(item);
    }
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  return missing;
}
