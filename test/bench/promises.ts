import type { Promised } from './report.ts';

/** What the product promises, as far as the bench measures it. */
export const promises = {
  mainBundle: (bytes: number): Promised => ({ text: '≤ 150 kB', met: bytes <= 150_000 }),
  vsix: (bytes: number): Promised => ({ text: '≤ 200 kB', met: bytes <= 200_000 }),
  activation: (ratio: number): Promised => ({ text: '≤ 1.5 ×', met: ratio <= 1.5 }),
  /** @param later milliseconds after the bare requests */
  rows: (later: number): Promised => ({ text: '≤ +50 ms', met: later <= 50 }),
  connections: (opened: number, inFlight: number): Promised => ({
    text: '≤ in flight',
    met: opened <= inFlight,
  }),
};
