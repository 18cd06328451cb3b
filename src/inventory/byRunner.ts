import type { ScmIntegration } from '../api/schema.ts';

/** Integrations by the id of their runner, each list in the order given. */
export function byRunner(integrations: readonly ScmIntegration[]): Map<string, ScmIntegration[]> {
  const groups = new Map<string, ScmIntegration[]>();
  for (const integration of integrations) {
    const group = groups.get(integration.runnerId);
    if (group === undefined) {
      groups.set(integration.runnerId, [integration]);
    } else {
      group.push(integration);
    }
  }
  return groups;
}
