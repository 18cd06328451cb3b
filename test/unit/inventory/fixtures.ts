import type { Runner, ScmIntegration } from '../../../src/api/schema.ts';

/** What is decoded from `{}`. */
export const BARE_RUNNER: Runner = {
  id: '',
  name: '',
  kind: 'RUNNER_KIND_UNSPECIFIED',
  provider: 'RUNNER_PROVIDER_UNSPECIFIED',
  runnerManagerId: '',
  phase: 'RUNNER_PHASE_UNSPECIFIED',
  message: '',
  version: '',
  region: '',
  creator: { id: '', principal: 'PRINCIPAL_UNSPECIFIED' },
  capabilities: [],
  systemDetails: '',
  additionalInfo: [],
  gateway: { name: '', url: '', region: '' },
  desiredPhase: 'RUNNER_PHASE_UNSPECIFIED',
  variant: 'RUNNER_VARIANT_UNSPECIFIED',
  releaseChannel: 'RUNNER_RELEASE_CHANNEL_UNSPECIFIED',
  autoUpdate: false,
  logLevel: 'LOG_LEVEL_UNSPECIFIED',
  devcontainerImageCacheEnabled: false,
  continuousProfiling: false,
  metrics: { enabled: false, url: '', managedMetricsEnabled: false },
};

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
