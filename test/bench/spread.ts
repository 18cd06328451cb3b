/** The median and the range of repeated measurements, in their unit. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** @throws if nothing was measured */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new Error('Nothing was measured');
  }
  return { median: (low + high) / 2, min, max, count: sorted.length };
}

/**
 * The smallest value that so many percent of them do not exceed.
 *
 * @throws if nothing was measured
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  if (value === undefined) {
    throw new Error('Nothing was measured');
  }
  return value;
}
