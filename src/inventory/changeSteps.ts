import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { mapSteps } from '../base/mapSteps.ts';
import { changedIntegrations, changedRunners } from './changedPairs.ts';
import { type Bare, changedRunnerValues, changedValues, methodsOf, phaseOf } from './changedValues.ts';
import type { Change, ChangedRunner, IntegrationChange, RunnerChange } from './changes.ts';
import { countByRunner } from './countByRunner.ts';
import { roleOf } from './groups.ts';
import { integrationRef, refKey, runnerRef } from './itemRef.ts';
import type { CompleteData } from './model.ts';
import type { Pairs } from './pairSteps.ts';

export interface ChangeOptions {
  /**
   * Whether the earlier data may have been read with another key: an item that came or went may be visible to only one.
   */
  readonly isOtherKey?: boolean;
  /** When the later data were complete. By default, their `asOf`, which stays the same if only a part is read again. */
  readonly at?: Date;
}

/** Number of items processed between two pauses. */
const STEP = 500;

/**
 * Compares two complete loads of the same account, in steps. Items that are the same objects are not looked into. What
 * could not be read, then or now, does not count as a change. Nor does another order, name, time or message.
 *
 * @returns those of runners, then those of integrations
 */
export function* changeSteps(
  before: CompleteData,
  after: CompleteData,
  { isOtherKey = false, at = after.asOf }: ChangeOptions = {},
): Generator<void, readonly Change[], undefined> {
  const [old, current] = [before.data, after.data];
  const runners = yield* changedRunners(old, current);
  const integrations = yield* changedIntegrations(old, current);
  if (isNone(runners) && isNone(integrations)) {
    return [];
  }
  const runnerIn = yield* lookupSteps([...current.runners, ...old.runners]);
  // A clock may have been wrong.
  const times = { since: before.asOf < at ? before.asOf : at, at };
  const ofRunner = (runner: Runner, change: Bare<RunnerChange>) => ({
    ...change,
    key: refKey(runnerRef(runner.id)),
    runner: factsOf(runner.id, runner),
    ...times,
  });
  const ofIntegration = (one: ScmIntegration, change: Bare<IntegrationChange>) => ({
    ...change,
    key: refKey(integrationRef(one)),
    runner: factsOf(one.runnerId, runnerIn.get(one.runnerId)),
    integration: { id: one.id, scmId: one.scmId, host: one.host },
    ...times,
  });
  const visible = (isUnsure: boolean) => (isUnsure ? { byVisibility: true as const } : {});

  /** Of a runner that came or went, the integrations are only counted. */
  const presence = function* (
    side: 'Added' | 'Removed',
    own: readonly Runner[],
    of: readonly ScmIntegration[],
    areUnsure: { readonly runners: boolean; readonly integrations: boolean },
  ) {
    const ids = new Set(own.map(({ id }) => id));
    const counts = countByRunner(of);
    const single = of.filter(({ runnerId }) => !ids.has(runnerId));
    return {
      runners: yield* mapSteps(own, STEP, (runner) =>
        ofRunner(runner, {
          kind: `runner${side}`,
          phase: phaseOf(runner),
          integrations: counts.get(runner.id) ?? 0,
          ...visible(areUnsure.runners),
        }),
      ),
      integrations: yield* mapSteps(single, STEP, (one) =>
        ofIntegration(one, {
          kind: `integration${side}`,
          methods: methodsOf(one),
          ...visible(areUnsure.integrations),
        }),
      ),
    };
  };

  const removed = yield* presence('Removed', runners.gone, integrations.gone, {
    runners: isOtherKey || isEmptied(old.runners, current.runners),
    integrations: isOtherKey || isEmptied(old.integrations, current.integrations),
  });
  const added = yield* presence('Added', runners.fresh, integrations.fresh, {
    runners: isOtherKey,
    integrations: isOtherKey,
  });
  const runnerValues = yield* mapSteps(runners.pairs, STEP, ([was, is]) =>
    changedRunnerValues(was, is).map((change) => ofRunner(is, change)),
  );
  const values = yield* mapSteps(integrations.pairs, STEP, ([was, is]) =>
    changedValues(was, is).map((change) => ofIntegration(is, change)),
  );
  return [
    ...removed.runners,
    ...added.runners,
    ...runnerValues.flat(),
    ...removed.integrations,
    ...added.integrations,
    ...values.flat(),
  ];
}

function isNone({ pairs, gone, fresh }: Pairs<unknown>): boolean {
  return pairs.length + gone.length + fresh.length === 0;
}

/** Whether all of several items went at once. It is then more likely that the key may no longer see them. */
function isEmptied(old: readonly unknown[], current: readonly unknown[]): boolean {
  return old.length > 1 && current.length === 0;
}

/** Runners by id; the first one counts. */
function* lookupSteps(runners: readonly Runner[]): Generator<void, Map<string, Runner>, undefined> {
  const found = new Map<string, Runner>();
  for (const [i, runner] of runners.entries()) {
    if (!found.has(runner.id)) {
      found.set(runner.id, runner);
    }
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  return found;
}

function factsOf(id: string, runner: Runner | undefined): ChangedRunner {
  return { id, name: runner?.name ?? '', role: roleOf(runner), kind: runner?.kind ?? '' };
}
