import type { Runner } from '../../api/runners.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { integrationRef, refKey } from '../itemRef.ts';

/** Equal for the same integration in two responses. */
export function integrationKey(integration: ScmIntegration): string {
  return integration.id === '' ? wholeKey(integration) : refKey(integrationRef(integration));
}

/** Equal for the same runner in two responses. */
export function runnerKey(runner: Runner): string {
  return runner.id || wholeKey(runner);
}

/** Items without an id are compared by their whole content, so that nothing the API sends is lost. */
function wholeKey(item: object): string {
  return JSON.stringify(item);
}
