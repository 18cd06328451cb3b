import { format } from './format.ts';

/** A promise of the product, and whether it was kept. */
export interface Promised {
  readonly text: string;
  readonly measured: string;
  readonly met: boolean;
}

/** The product's promises that the bench measures. Times in milliseconds. */
export const promises = {
  mainBundle: (bytes: number) => atMost('main bundle', bytes, 150_000, format.kilobytes),
  allBundles: (bytes: number) => atMost('all bundles', bytes, 350_000, format.kilobytes),
  vsix: (bytes: number) => atMost('VSIX', bytes, 250_000, format.kilobytes),
  activation: (ratio: number) => atMost('activation, of the empty extension’s', ratio, 1.5, format.ratio),
  /** @param later after the first answer to the bare first-page requests */
  firstRows: (what: string, later: number) =>
    atMost(`${what}: first rows, after the bare first-page requests`, later, 50, format.difference),
  /** @param ratio to the walk in pages of 100 */
  mediumOrganization: (what: string, ratio: number) =>
    atMost(`${what}: every runner’s integrations, of the pages of 100`, ratio, 0.6, format.ratio),
  /** @param ratio to the walk of the runner pages */
  largeOrganization: (what: string, ratio: number) =>
    atMost(`${what}: every runner’s integrations, of the runner pages alone`, ratio, 1.35, format.ratio),
  /** @param ratio to the walk of the runner pages */
  knownOrganization: (what: string, ratio: number) =>
    atMost(
      `${what}: every known integration read again, of the runner pages alone`,
      ratio,
      0.65,
      format.ratio,
    ),
  connections: (what: string, opened: number, inFlight: number): Promised => ({
    text: `${what}: connections opened ≤ most calls at once`,
    measured: `${opened}, ${inFlight} at once`,
    met: opened <= inFlight,
  }),
  inFlight: (what: string, inFlight: number) =>
    atMost(`${what}: most calls at once`, inFlight, 8, format.count),
  checksInFlight: (inFlight: number) => atMost('checks: most calls at once', inFlight, 4, format.count),
  tree: (what: string, time: number) =>
    atMost(`${what}: grouped, compared and handed over`, time, 50, format.milliseconds),
  statuses: (what: string, time: number) =>
    atMost(`${what}: statuses derived`, time, 30, format.milliseconds),
  keystroke: (what: string, time: number) =>
    atMost(`${what}: a keystroke in the filter`, time, 30, format.milliseconds),
  changedOnly: (what: string, fired: number, changed: number): Promised => ({
    text: `${what}: only changed rows fire`,
    measured: `${format.count(fired)} of ${format.count(changed)} changed`,
    met: fired === changed,
  }),
  longestTask: (what: string, time: number) => atMost(`${what}: longest task`, time, 50, format.milliseconds),
  /** @param roundTrips milliseconds of two */
  live: (what: string, time: number, roundTrips: number) =>
    atMost(`${what}: from the edit to the changed row, p95`, time, roundTrips + 600, format.milliseconds),
  nothingAsked: (what: string, requests: number) =>
    atMost(`${what}: requests in an hour`, requests, 0, format.count),
  memory: (what: string, bytes: number) =>
    atMost(`${what}: rows in memory, for each integration`, bytes, 1000, format.bytes),
};

function atMost(text: string, value: number, limit: number, show: (value: number) => string): Promised {
  return { text: `${text} ≤ ${show(limit)}`, measured: show(value), met: value <= limit };
}
