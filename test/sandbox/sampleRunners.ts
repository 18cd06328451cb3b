import { deterministicUuid } from './deterministicUuid.ts';
import type { RunnerConfigurationJson, RunnerJson, RunnerStatusJson } from './gen/gitpod/v1/runner_pb.js';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from './secretMarker.ts';

export const ORGANIZATION_ID = deterministicUuid('organization/Acme');
export const JANE_ID = deterministicUuid('user/Jane Doe');

/** The ID of a runner of the sample organization. */
export function runnerIdOf(name: string): string {
  return deterministicUuid(`runner/${name}`);
}

function runner(name: string, rest: RunnerJson): RunnerJson {
  return {
    runnerId: runnerIdOf(name),
    name,
    createdAt: '2025-03-10T10:00:00Z',
    updatedAt: '2026-07-30T16:20:00.5Z',
    creator: { id: JANE_ID, principal: 'PRINCIPAL_USER' },
    ...rest,
  };
}

function configuration(rest: RunnerConfigurationJson): RunnerConfigurationJson {
  return {
    releaseChannel: 'RUNNER_RELEASE_CHANNEL_STABLE',
    autoUpdate: true,
    logLevel: 'LOG_LEVEL_INFO',
    metrics: {
      enabled: true,
      url: 'https://metrics.acme.example/api/v1/push',
      username: 'runner',
      password: SECRET_MARKER,
    },
    encryptedHoneycombApiKey: SECRET_MARKER_BASE64,
    ...rest,
  };
}

function running(region: string, rest: RunnerStatusJson = {}): RunnerStatusJson {
  return {
    phase: 'RUNNER_PHASE_ACTIVE',
    updatedAt: '2026-08-18T07:45:12.003Z',
    version: '20260801.120',
    region,
    systemDetails: 'linux/amd64',
    logUrl: `https://logs.acme.example/runners/${region}`,
    additionalInfo: [{ key: 'stack', value: `ona-${region}` }],
    capabilities: [
      'RUNNER_CAPABILITY_FETCH_LOCAL_SCM_INTEGRATIONS',
      'RUNNER_CAPABILITY_LIST_SCM_ORGANIZATIONS',
      'RUNNER_CAPABILITY_CHECK_REPOSITORY_ACCESS',
    ],
    gatewayInfo: {
      gateway: { name: `gateway-${region}`, url: `https://${region}.gateway.example`, region },
      latency: '0.042s',
    },
    publicKey: Buffer.from(`public key of ${region}`).toString('base64'),
    ...rest,
  };
}

/** A runner of every kind, phase and provider. */
export function sampleRunners(): RunnerJson[] {
  return [
    runner('eu-production', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_AWS_EC2',
      spec: {
        desiredPhase: 'RUNNER_PHASE_ACTIVE',
        configuration: configuration({ region: 'eu-central-1', updateWindow: { startHour: 2, endHour: 5 } }),
        variant: 'RUNNER_VARIANT_ENTERPRISE',
      },
      status: running('eu-central-1', { llmUrl: 'https://llm.eu-central-1.acme.example' }),
    }),
    runner('us-staging', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_AWS_EC2',
      spec: {
        desiredPhase: 'RUNNER_PHASE_ACTIVE',
        configuration: configuration({
          region: 'us-east-1',
          releaseChannel: 'RUNNER_RELEASE_CHANNEL_LATEST',
        }),
        variant: 'RUNNER_VARIANT_STANDARD',
      },
      status: running('us-east-1', {
        phase: 'RUNNER_PHASE_DEGRADED',
        message:
          'Cannot reach tfs.acme.example: the certificate expired on 2026-08-17. Renew it on the server.',
        supportBundleUrl: 'https://support.acme.example/bundles/us-staging.zip',
      }),
    }),
    runner('gcp-analytics', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_GCP',
      spec: {
        desiredPhase: 'RUNNER_PHASE_ACTIVE',
        configuration: configuration({ region: 'europe-west3', devcontainerImageCacheEnabled: true }),
        variant: 'RUNNER_VARIANT_STANDARD',
      },
      status: running('europe-west3'),
    }),
    runner('Ona Cloud (eu)', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_MANAGED',
      runnerManagerId: deterministicUuid('runner manager/eu'),
      creator: { id: deterministicUuid('runner manager/eu'), principal: 'PRINCIPAL_RUNNER_MANAGER' },
      spec: { desiredPhase: 'RUNNER_PHASE_ACTIVE', configuration: { region: 'eu-central-1' } },
      status: running('eu-central-1'),
    }),
    runner('Shared configuration for local runners', {
      kind: 'RUNNER_KIND_LOCAL_CONFIGURATION',
      creator: { id: ORGANIZATION_ID, principal: 'PRINCIPAL_ACCOUNT' },
      // Every organization has one that never connects.
      status: { phase: 'RUNNER_PHASE_CREATED' },
    }),
    runner('jane-macbook', {
      kind: 'RUNNER_KIND_LOCAL',
      provider: 'RUNNER_PROVIDER_DESKTOP_MAC',
      spec: { desiredPhase: 'RUNNER_PHASE_ACTIVE', configuration: configuration({ autoUpdate: false }) },
      status: running('', { systemDetails: 'darwin/arm64', logUrl: '', additionalInfo: [] }),
    }),
    // It runs, but can clone nothing.
    runner('build-7', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_AWS_EC2',
      spec: {
        desiredPhase: 'RUNNER_PHASE_ACTIVE',
        configuration: configuration({ region: 'eu-central-1' }),
        variant: 'RUNNER_VARIANT_STANDARD',
      },
      status: running('eu-central-1', { version: '20260715.88' }),
    }),
    runner('lab', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_LINUX_HOST',
      spec: { desiredPhase: 'RUNNER_PHASE_ACTIVE', configuration: configuration({ region: 'on-premises' }) },
      status: { phase: 'RUNNER_PHASE_INACTIVE', updatedAt: '2026-05-02T11:00:00Z', version: '20260420.7' },
    }),
    runner('apac-new', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_AWS_EC2',
      createdAt: '2026-08-18T06:00:00Z',
      updatedAt: '2026-08-18T06:00:00Z',
      spec: {
        desiredPhase: 'RUNNER_PHASE_ACTIVE',
        configuration: configuration({ region: 'ap-southeast-2' }),
      },
      status: { phase: 'RUNNER_PHASE_CREATED', updatedAt: '2026-08-18T06:00:00Z' },
    }),
    runner('frankfurt-old', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_AWS_EC2',
      spec: {
        desiredPhase: 'RUNNER_PHASE_DELETED',
        configuration: configuration({ region: 'eu-central-1' }),
      },
      status: {
        phase: 'RUNNER_PHASE_DELETING',
        message: 'Waiting for 3 environments to stop.',
        updatedAt: '2026-08-18T07:00:00Z',
        version: '20260115.2',
        region: 'eu-central-1',
      },
    }),
    runner('build-farm', {
      kind: 'RUNNER_KIND_REMOTE',
      provider: 'RUNNER_PROVIDER_LINUX_HOST',
      spec: { desiredPhase: 'RUNNER_PHASE_DELETED' },
      status: { phase: 'RUNNER_PHASE_DELETED', updatedAt: '2026-04-01T12:00:00Z' },
    }),
    runner('azure-preview', {
      kind: 'RUNNER_KIND_REMOTE',
      // A provider and a capability newer than this API version: the wire has the numbers.
      provider: 42 as never,
      creator: { id: deterministicUuid('service account'), principal: 'PRINCIPAL_SERVICE_ACCOUNT' },
      spec: { desiredPhase: 'RUNNER_PHASE_ACTIVE', configuration: configuration({ region: 'westeurope' }) },
      status: running('westeurope', {
        capabilities: ['RUNNER_CAPABILITY_CHECK_REPOSITORY_ACCESS', 77 as never],
      }),
    }),
  ];
}
