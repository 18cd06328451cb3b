import type { ScmIntegration } from '../api/scmIntegrations.ts';

/** So many integrations are looked at between two pauses. */
const STEP = 1000;

/** Integrations by the id of their runner, each list in the order given; in steps: they may be many. */
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
