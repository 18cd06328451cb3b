import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { differenceSteps } from '../base/differenceSteps.ts';
import { integrationRef, type ItemRef, refKey, runnerRef } from './itemRef.ts';
import { leftOutTest } from './leftOutTest.ts';
import type { InventoryData } from './model.ts';
import { type Pairs, pairSteps } from './pairSteps.ts';

/**
 * The runners that differ, in steps. Those without an id cannot be recognized, and are never among them. One that may
 * just not have been read is neither gone nor fresh.
 */
export function* changedRunners(
  old: InventoryData,
  current: InventoryData,
): Generator<void, Pairs<Runner>, undefined> {
  const difference = yield* differenceSteps(old.runners, current.runners);
  const { pairs, gone, fresh } = yield* pairSteps(difference, ({ id }) => id || undefined);
  const lacksNone = (data: InventoryData) =>
    data.isRunnerListPartial !== true && !leftOutTest(data.leftOut)(runnerRef(''));
  const only = (runners: readonly Runner[], others: InventoryData) =>
    lacksNone(others) ? runners.filter(({ id }) => id !== '') : [];
  return { pairs, gone: only(gone, current), fresh: only(fresh, old) };
}

/** The integrations that differ, in steps. One that may just not have been read is neither gone nor fresh. */
export function* changedIntegrations(
  old: InventoryData,
  current: InventoryData,
): Generator<void, Pairs<ScmIntegration>, undefined> {
  const difference = yield* differenceSteps(old.integrations, current.integrations);
  const unequal = yield* pairSteps(difference, (one) => JSON.stringify(one));
  const byRef = yield* pairSteps(unequal, (one) => refKey(integrationRef(one)));
  // Their host has changed. Inherited integrations have the same id on every runner.
  const byId = yield* pairSteps(byRef, ({ runnerId, scmId, id }) =>
    id === '' ? undefined : JSON.stringify([runnerId, scmId, id]),
  );
  return {
    pairs: [...byRef.pairs, ...byId.pairs],
    gone: byId.gone.filter(absenceTest(current)),
    fresh: byId.fresh.filter(absenceTest(old)),
  };
}

/** @returns whether an integration that is missing from the data did not exist at that time */
function absenceTest({
  completeRunnerIds,
  runnerErrors,
  leftOut,
}: InventoryData): (integration: ScmIntegration) => boolean {
  const mayBeLeftOut: (ref: ItemRef) => boolean = leftOutTest(leftOut);
  return (one) =>
    completeRunnerIds?.has(one.runnerId) !== false &&
    runnerErrors?.has(one.runnerId) !== true &&
    !mayBeLeftOut(integrationRef(one));
}
