import * as v from 'valibot';
import { type Runner, RUNNER } from '../api/runners.ts';
import { type ScmIntegration, SCM_INTEGRATION } from '../api/scmIntegrations.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';

/** Indented by two spaces; undefined fields are left out. */
export function jsonText(value: object | string): string {
  return JSON.stringify(value, undefined, 2);
}

/** A runner or an integration with everything that is known about it. */
export function itemJson(entry: ItemEntry): object {
  return entry.kind === 'runner' ? runnerJson(entry) : integrationJson(entry.integration);
}

/** An integration with all its fields, always in the order of their description. */
export function integrationJson(integration: ScmIntegration): object {
  return v.parse(SCM_INTEGRATION.schema, integration);
}

/** A runner with all its fields, always in the order of their description, then its integrations in the given order. */
function runnerJson({ ref, runner, integrations, leftOut }: RunnerEntry): object {
  const own = integrations.map(({ integration }) => integrationJson(integration));
  return {
    ...(runner === undefined ? { id: ref.runnerId } : fieldsOf(runner)),
    integrations: own,
    ...(leftOut > 0 && { unreadIntegrations: leftOut }),
  };
}

function fieldsOf(runner: Runner): Runner {
  return v.parse(RUNNER.schema, runner);
}
