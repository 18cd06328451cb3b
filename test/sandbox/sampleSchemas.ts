import type {
  RunnerConfigurationSchemaJson,
  RunnerConfigurationSchema_SCMConfigSchemaJson as ProviderJson,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import { runnerIdOf } from './sampleRunners.ts';

const DOCS = 'https://ona.com/docs/ona/source-control';

function providers(runnerName: string): ProviderJson[] {
  const callbackUrl = `https://${runnerIdOf(runnerName)}.runner.acme.example/oauth/callback`;
  return [
    {
      scmId: 'github',
      name: 'GitHub',
      defaultHosts: ['github.com'],
      oauth: { callbackUrl },
      pat: {
        description: 'Needs the scopes repo, workflow, read:user and user:email.',
        docsLink: `${DOCS}/github`,
      },
    },
    {
      scmId: 'gitlab',
      name: 'GitLab',
      defaultHosts: ['gitlab.com'],
      oauth: { callbackUrl },
      pat: {
        description: 'Needs the scopes api, read_repository and read_user.',
        docsLink: `${DOCS}/gitlab`,
      },
    },
    { scmId: 'bitbucket', name: 'Bitbucket', defaultHosts: ['bitbucket.org'], oauth: { callbackUrl } },
    {
      scmId: 'azuredevops_entra',
      name: 'Azure DevOps (Entra ID)',
      defaultHosts: ['dev.azure.com'],
      oauth: { callbackUrl },
      pat: {
        description: 'Needs the scopes Code (read & write) and User Profile (read).',
        docsLink: `${DOCS}/azuredevops`,
      },
    },
    {
      scmId: 'azuredevops_server',
      name: 'Azure DevOps Server',
      pat: {
        description: 'Needs the scope Code (read & write) for all accessible organizations.',
        docsLink: `${DOCS}/azuredevops`,
      },
    },
  ];
}

/** A provider that clients do not know. */
const FORGEJO: ProviderJson = {
  scmId: 'forgejo',
  name: 'Forgejo',
  defaultHosts: ['codeberg.org'],
  pat: {
    description: 'Needs the scopes write:repository and read:user.',
    docsLink: 'https://forgejo.org/docs/latest/user/token-scope/',
  },
};

function schema(runnerName: string, ...more: ProviderJson[]): [string, RunnerConfigurationSchemaJson] {
  return [
    runnerIdOf(runnerName),
    {
      version: '1',
      runnerConfig: [{ id: 'region', name: 'Region', required: true, string: { pattern: '^[a-z0-9-]+$' } }],
      environmentClasses: [
        {
          id: 'machineType',
          name: 'Machine type',
          required: true,
          enum: { possibleValues: [{ title: 'Regular', subtitle: '4 vCPU, 16 GB' }] },
        },
        { id: 'diskSizeGb', name: 'Disk size', int: { default: 80, min: 20, max: 1000 } },
        { id: 'spot', name: 'Spot instances', bool: {} },
      ],
      scm: [...providers(runnerName), ...more],
    },
  ];
}

/** What can be configured on each runner that is connected, by runner ID. */
export function sampleSchemas(): Record<string, RunnerConfigurationSchemaJson> {
  return Object.fromEntries([
    schema('eu-production'),
    schema('us-staging'),
    schema('gcp-analytics', FORGEJO),
    schema('Ona Cloud (eu)'),
    schema('jane-macbook'),
    schema('azure-preview'),
    schema('build-7'),
  ]);
}
