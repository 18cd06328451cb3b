import * as v from 'valibot';
import { type Runner, RUNNER } from '../api/runners.ts';
import { type ScmIntegration, SCM_INTEGRATION } from '../api/scmIntegrations.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { unicodeEscape } from './unicodeEscape.ts';

/** What `JSON.stringify` does not escape: control characters of terminals, line separators, and what reorders text. */
const UNSAFE = /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Indented by two spaces; undefined fields are left out. Characters that nobody sees but a terminal or an editor obeys
 * are escaped, so that the text shows what is in a value, and is safe to paste.
 */
export function jsonText(value: object | string): string {
  return JSON.stringify(value, undefined, 2).replace(UNSAFE, unicodeEscape);
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
