/**
 * Like `map`, but with a pause after every `step` items, so that the caller can let other work run in between.
 *
 * @returns a new array
 */
export function* mapSteps<T, U>(
  items: readonly T[],
  step: number,
  map: (item: T, index: number) => U,
): Generator<void, U[], undefined> {
  const mapped: U[] = [];
  for (const item of items) {
    mapped.push(map(item, mapped.length));
    if (mapped.length % step === 0) {
      yield;
    }
  }
  return mapped;
}
