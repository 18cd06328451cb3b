import type { Traffic } from './api.ts';
import { type Contender, contenderNames, contenders, forEachContender } from './contenders.ts';
import { isLoad, type Load, type Stopped } from './load.ts';
import type { OrganizationSize, PlannedPlace } from './loadPlan.ts';
import type { LoadsOutput, MeteredLoad } from './loadsProbe.ts';

/** The measurements of one contender at one place. */
export interface Measured {
  /** Completed loads, without the warm-ups. */
  readonly loads: readonly Load[];
  /** All other loads. */
  readonly stopped: readonly Stopped[];
  /** The warm-up, which opens the connections; undefined without one, or if it was stopped. */
  readonly cold: Load | undefined;
  /** The maximum of all loads. */
  readonly atOnce: number;
  readonly opened: number;
  /** Calls per load, on average, including `lists`. */
  readonly calls: number;
  readonly lists: number;
}

export type MeasuredPlace = Readonly<Record<Contender, Measured>>;

/** @throws if a contender did not load everything: times would not be comparable */
export function measuredPlace(
  place: PlannedPlace,
  size: OrganizationSize,
  results: LoadsOutput['results'][number],
  traffic: Readonly<Record<Contender, Traffic>>,
): MeasuredPlace {
  const measured = forEachContender((name) =>
    measure(results[name], place.warmUps[name], traffic[name], name === 'refreshed'),
  );
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

/** @param isPrepared whether the traffic includes a load of the same kind before each */
function measure(
  all: readonly MeteredLoad[],
  warmUps: number,
  traffic: Traffic,
  isPrepared: boolean,
): Measured {
  const results = all.map(({ result }) => result);
  const first = warmUps > 0 ? results[0] : undefined;
  const loads = all.length * (isPrepared ? 2 : 1);
  return {
    loads: results.slice(warmUps).filter(isLoad),
    stopped: results.filter((result): result is Stopped => !isLoad(result)),
    cold: first !== undefined && isLoad(first) ? first : undefined,
    atOnce: Math.max(0, ...all.map(({ calls }) => calls.atOnce)),
    opened: Math.max(0, ...all.map(({ calls }) => calls.opened)),
    calls: loads === 0 ? 0 : traffic.calls / loads,
    lists: loads === 0 ? 0 : traffic.lists / loads,
  };
}
