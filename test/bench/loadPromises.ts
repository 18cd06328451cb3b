import type { Load } from './load.ts';
import type { OrganizationSize } from './loadPlan.ts';
import type { Measured, MeasuredPlace } from './measuredPlace.ts';
import { type Promised, promises } from './promises.ts';
import { spread } from './spread.ts';

/**
 * With fewer loads the first answer depends more on the machine than on us: a single stall is as long as the promise.
 */
const ENOUGH_FOR_FIRST_ROWS = 3;

/** The product's promises for loads at one latency, by median. */
export function loadPromises(size: OrganizationSize, latencyMs: number, place: MeasuredPlace): Promised[] {
  const at = `${latencyMs} ms`;
  const { ours, refreshed, pagesOf100, runnerPages } = place;
  const promised: Promised[] = [];
  if (ours.loads.length >= ENOUGH_FOR_FIRST_ROWS) {
    promised.push(promises.firstRows(at, median(ours, 'first') - median(pagesOf100, 'first')));
  }
  if (latencyMs === 80 && size.runners === 200) {
    promised.push(promises.mediumOrganization(at, median(ours, 'all') / median(pagesOf100, 'all')));
  }
  if (latencyMs === 80 && size.runners === 2000) {
    promised.push(
      promises.largeOrganization(at, median(ours, 'all') / median(runnerPages, 'all')),
      promises.knownOrganization(at, median(refreshed, 'all') / median(runnerPages, 'all')),
    );
  }
  for (const { loads, opened, atOnce } of [ours, refreshed]) {
    if (loads.length > 0) {
      promised.push(promises.connections(at, opened, atOnce), promises.inFlight(at, atOnce));
    }
  }
  return promised;
}

function median({ loads }: Measured, time: keyof Load): number {
  return spread(loads.map((load) => load[time])).median;
}
