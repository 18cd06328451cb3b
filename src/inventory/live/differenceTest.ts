import type { InventoryState } from '../model.ts';
import type { ChangedPart } from './eventQueue.ts';

/**
 * Tests whether two states differ in a part that an event has named. The times at which a runner was last heard from or
 * changed do not count: they change all the time.
 */
export function differenceTest(
  before: InventoryState,
  after: InventoryState,
): (change: ChangedPart) => boolean {
  const areIntegrationsSame = before.data.integrations === after.data.integrations;
  const areRunnersSame = before.data.runners === after.data.runners;
  return (change) => {
    switch (change.kind) {
      case 'integration':
        return !areIntegrationsSame || !areRunnersSame;
      case 'signIns':
        return before.signIns?.tokens !== after.signIns?.tokens;
      case 'runner':
        return (
          (!areRunnersSame && runnerText(before, change.id) !== runnerText(after, change.id)) ||
          (!change.isStatus && !areIntegrationsSame && integrationsDiffer(before, after, change.id))
        );
    }
  };
}

function runnerText({ data }: InventoryState, id: string): string {
  const runner = data.runners.find((one) => one.id === id);
  return JSON.stringify({ ...runner, statusUpdatedAt: '', updatedAt: '' });
}

/** Integrations that have not changed are the same objects. */
function integrationsDiffer(before: InventoryState, after: InventoryState, id: string): boolean {
  const [one, other] = [before, after].map(
    ({ data }) => new Set(data.integrations.filter(({ runnerId }) => runnerId === id)),
  );
  return (
    one?.size !== other?.size || [...(one ?? [])].some((integration) => other?.has(integration) !== true)
  );
}
