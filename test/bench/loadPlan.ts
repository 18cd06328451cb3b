import { type Contender, forEachContender } from './contenders.ts';

export interface OrganizationSize {
  readonly runners: number;
  readonly integrations: number;
}

/** The loads to measure at one size and over one transport. */
export interface LoadPlan {
  readonly size: OrganizationSize;
  readonly transport: 'http' | 'tls';
  readonly places: readonly PlannedPlace[];
}

export interface PlannedPlace {
  /** Per round trip. */
  readonly latencyMs: number;
  /** Measured loads. */
  readonly repetitions: Readonly<Record<Contender, number>>;
  /** Earlier loads, to open connections and compile the code. */
  readonly warmUps: Readonly<Record<Contender, number>>;
}

const SMALL: OrganizationSize = { runners: 3, integrations: 10 };
/** The size promised for hundreds of runners. */
export const MEDIUM: OrganizationSize = { runners: 200, integrations: 1000 };
/** The largest with promised times. */
export const LARGE: OrganizationSize = { runners: 2000, integrations: 10_000 };
/** The largest in which no task may be long. */
export const HUGE: OrganizationSize = { runners: 20_000, integrations: 100_000 };

/** @param repetitions of the smallest loads; larger ones get fewer, so that the run takes at most ten minutes */
export function loadPlans(repetitions: number): LoadPlan[] {
  const atMost = (count: number) => Math.min(repetitions, count);
  const http = (most: number, slow: number) => [0, 20, 80].map((ms) => place(ms, most, slow));
  const tls = (most: number, slow: number) => [20, 80].map((ms) => place(ms, most, slow));
  return [
    { transport: 'http', size: SMALL, places: http(repetitions, repetitions) },
    { transport: 'http', size: MEDIUM, places: http(atMost(5), atMost(2)) },
    { transport: 'http', size: LARGE, places: warmedOnce(http(atMost(3), 1)).map(refreshedToo) },
    { transport: 'tls', size: MEDIUM, places: tls(atMost(3), 1) },
    // Pages of 25 would only add time.
    { transport: 'tls', size: LARGE, places: warmedOnce(tls(atMost(2), 0)).map(refreshedToo) },
  ];
}

/** @param slow loads in pages of 25, which take up to half a minute and have no warm-up */
function place(latencyMs: number, most: number, slow: number): PlannedPlace {
  const own = { pagesOf25: slow, refreshed: 0 };
  return {
    latencyMs,
    repetitions: { ...forEachContender(() => most), ...own },
    warmUps: forEachContender((name) => Number(!(name in own))),
  };
}

/** Only where a time is promised, because each refresh needs a load before it. */
function refreshedToo(planned: PlannedPlace): PlannedPlace {
  const { latencyMs, repetitions } = planned;
  return latencyMs < 80
    ? planned
    : { ...planned, repetitions: { ...repetitions, refreshed: repetitions.ours } };
}

/** By then the code is compiled, and connections close anyway between loads this long. */
function warmedOnce(places: PlannedPlace[]): PlannedPlace[] {
  return places.map((planned, i) => (i === 0 ? planned : { ...planned, warmUps: forEachContender(() => 0) }));
}
