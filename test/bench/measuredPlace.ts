import type { Traffic } from './api.ts';
import { type Contender, contenderNames, contenders, forEachContender } from './contenders.ts';
import { isLoad, type Load, type Stopped } from './load.ts';
import type { OrganizationSize, PlannedPlace } from './loadPlan.ts';
import type { LoadsOutput, MeteredLoad } from './loadsProbe.ts';

/** What was measured of one contender at one place. */
export interface Measured {
  /** Without the warm-ups; those that ended by themselves. */
  readonly loads: readonly Load[];
  /** All that ended otherwise. */
  readonly stopped: readonly Stopped[];
  /** The warm-up, with connections yet to be opened; undefined without one, or where it was stopped. */
  readonly cold: Load | undefined;
  /** Of one load, the most of them all. */
  readonly atOnce: number;
  readonly opened: number;
  /** Calls of one load, on average; `lists` are among them. */
  readonly calls: number;
  readonly lists: number;
}

export type MeasuredPlace = Readonly<Record<Contender, Measured>>;

/** @throws where somebody did not load what there is: times of different things say nothing */
export function measuredPlace(
  place: PlannedPlace,
  size: OrganizationSize,
  results: LoadsOutput['results'][number],
  traffic: Readonly<Record<Contender, Traffic>>,
): MeasuredPlace {
  const measured = forEachContender((name) => measure(results[name], place.warmUps[name], traffic[name]));
  for (const name of contenderNames) {
    const integrations = name === 'runnerPages' ? 0 : size.integrations;
    const wrong = measured[name].loads.find(
      (load) => load.runners !== size.runners || load.integrations !== integrations,
    );
    if (wrong !== undefined) {
      throw new Error(`${contenders[name]}: ${wrong.runners} runners, ${wrong.integrations} integrations`);
    }
  }
  return measured;
}

function measure(all: readonly MeteredLoad[], warmUps: number, traffic: Traffic): Measured {
  const results = all.map(({ result }) => result);
  const first = warmUps > 0 ? results[0] : undefined;
  return {
    loads: results.slice(warmUps).filter(isLoad),
    stopped: results.filter((result): result is Stopped => !isLoad(result)),
    cold: first !== undefined && isLoad(first) ? first : undefined,
    atOnce: Math.max(0, ...all.map(({ calls }) => calls.atOnce)),
    opened: Math.max(0, ...all.map(({ calls }) => calls.opened)),
    calls: traffic.calls / all.length,
    lists: traffic.lists / all.length,
  };
}
