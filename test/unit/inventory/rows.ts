import type { Runner, ScmIntegration } from '../../../src/api/schema.ts';

/** A running runner, as it is decoded. */
export function runnerOf(fields: Partial<Runner>): Runner {
  return {
    id: '',
    name: '',
    kind: 'RUNNER_KIND_REMOTE',
    provider: 'RUNNER_PROVIDER_AWS_EC2',
    runnerManagerId: '',
    phase: 'RUNNER_PHASE_ACTIVE',
    message: '',
    version: '',
    region: '',
    capabilities: [],
    desiredPhase: 'RUNNER_PHASE_ACTIVE',
    variant: 'RUNNER_VARIANT_STANDARD',
    releaseChannel: 'RUNNER_RELEASE_CHANNEL_STABLE',
    autoUpdate: true,
    logLevel: 'LOG_LEVEL_INFO',
    ...fields,
  };
}

/** An integration with github.com by personal access token, as it is decoded. */
export function integrationOf(fields: Partial<ScmIntegration>): ScmIntegration {
  return { id: '', runnerId: '', scmId: 'github', host: 'github.com', pat: true, ...fields };
}
