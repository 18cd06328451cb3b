import type { Spread } from './spread.ts';

/** Figures as the table shows them. */
export const format = {
  /** From bytes, in units of 1,000. */
  kilobytes: (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`,
  milliseconds: (value: number): string => `${value.toFixed(1)} ms`,
  /** `median (min–max) ms` */
  spread: ({ median, min, max }: Spread): string =>
    `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)}) ms`,
  difference: (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)} ms`,
  ratio: (value: number): string => `${value.toFixed(2)} ×`,
};
