import type { Spread } from './spread.ts';

/** Figures as displayed in the table. */
export const format = {
  /** From bytes, in units of 1,000. */
  kilobytes: (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`,
  /** From bytes, with a sign. */
  kilobyteChange: (bytes: number): string =>
    `${bytes < 0 ? '−' : '+'}${(Math.abs(bytes) / 1000).toFixed(1)} kB`,
  bytes: (bytes: number): string => `${grouped(bytes)} B`,
  milliseconds: (value: number): string => `${decimal(value)} ms`,
  /** `median (min–max) ms`; for one measurement, no range. */
  spread: ({ median, min, max, count }: Spread): string =>
    count === 1 ? `${decimal(median)} ms` : `${decimal(median)} (${decimal(min)}–${decimal(max)}) ms`,
  /** The same of whole seconds. */
  seconds: ({ median, min, max, count }: Spread): string =>
    count === 1 ? `${grouped(median)} s` : `${grouped(median)} (${grouped(min)}–${grouped(max)}) s`,
  difference: (value: number): string => `${value < 0 ? '−' : '+'}${decimal(Math.abs(value))} ms`,
  ratio: (value: number): string => `${value.toFixed(2)} ×`,
  /** At most one decimal, for an average that is not a whole number. */
  count: (value: number): string => (Number.isInteger(value) ? grouped(value) : value.toFixed(1)),
};

function decimal(value: number): string {
  return value < 100 ? value.toFixed(1) : grouped(value);
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
