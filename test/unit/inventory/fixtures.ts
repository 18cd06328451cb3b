import * as v from 'valibot';
import { type Runner, RUNNER } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';

/** What is decoded from `{}`. */
export const BARE_RUNNER: Runner = v.parse(RUNNER.decoder, {});

/** A running runner, as it is decoded. */
export function runnerOf(fields: Partial<Runner>): Runner {
  return {
    ...BARE_RUNNER,
    kind: 'RUNNER_KIND_REMOTE',
    provider: 'RUNNER_PROVIDER_AWS_EC2',
    phase: 'RUNNER_PHASE_ACTIVE',
    ...fields,
  };
}

/** An integration with github.com by personal access token, as it is decoded. */
export function integrationOf(fields: Partial<ScmIntegration>): ScmIntegration {
  return { id: '', runnerId: '', scmId: 'github', host: 'github.com', pat: true, ...fields };
}
