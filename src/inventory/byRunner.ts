import type { ScmIntegration } from '../api/scmIntegrations.ts';

/** Number of integrations processed between two pauses. */
const STEP = 1000;

/** Groups integrations by the id of their runner, keeping their order; in steps, because there may be many. */
export function* byRunner(
  integrations: readonly ScmIntegration[],
): Generator<void, Map<string, ScmIntegration[]>, undefined> {
  const groups = new Map<string, ScmIntegration[]>();
  for (const [i, integration] of integrations.entries()) {
    const group = groups.get(integration.runnerId);
    if (group === undefined) {
      groups.set(integration.runnerId, [integration]);
    } else {
      group.push(integration);
    }
    if (i % STEP === STEP - 1) {
      yield;
    }
  }
  return groups;
}
