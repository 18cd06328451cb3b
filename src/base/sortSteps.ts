/** Number of items sorted or merged between two pauses. */
const STEP = 1000;

/**
 * A stable sort like `toSorted`, but with regular pauses, so that the caller can let other work run in between.
 *
 * @returns a new array
 */
export function* sortSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[], undefined> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += STEP) {
    runs.push(items.slice(start, start + STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[], undefined> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  for (let [x, y] = [a[i], b[j]]; x !== undefined || y !== undefined; [x, y] = [a[i], b[j]]) {
    if (x !== undefined && (y === undefined || compare(x, y) <= 0)) {
      merged.push(x);
      i++;
    } else if (y !== undefined) {
      merged.push(y);
      j++;
    }
    if (merged.length % STEP === 0) {
      yield;
    }
  }
  return merged;
}
