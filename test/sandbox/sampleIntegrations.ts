import { deterministicUuid } from './deterministicUuid.ts';
import type {
  SCMIntegrationJson,
  SCMIntegrationOAuthConfigJson,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import { runnerIdOf } from './sampleRunners.ts';
import { SECRET_MARKER_BASE64 } from './secretMarker.ts';

function oauth(clientId: string, rest: SCMIntegrationOAuthConfigJson = {}): SCMIntegrationOAuthConfigJson {
  return { clientId, encryptedClientSecret: SECRET_MARKER_BASE64, ...rest };
}

/** The ID of an integration of the sample organization, unless it is inherited. */
export function integrationIdOf(runnerName: string, host: string): string {
  return deterministicUuid(`integration/${runnerName}/${host}`);
}

function integration(
  runnerName: string,
  scmId: string,
  host: string,
  rest: SCMIntegrationJson,
): SCMIntegrationJson {
  return {
    id: integrationIdOf(runnerName, host),
    scmId,
    host,
    runnerId: runnerIdOf(runnerName),
    ...rest,
  };
}

/** An integration of every kind. */
export function sampleIntegrations(): SCMIntegrationJson[] {
  const entra = { issuerUrl: 'https://login.microsoftonline.com/acme.example/v2.0' };
  return [
    integration('eu-production', 'github', 'github.com', { oauth: oauth('Iv1.acme-eu'), pat: true }),
    integration('eu-production', 'gitlab', 'gitlab.acme.example:8443', {
      oauth: oauth('acme-eu'),
      pat: true,
    }),
    integration('eu-production', 'bitbucket', 'bitbucket.org', { oauth: oauth('acme-eu') }),
    integration('eu-production', 'azuredevops_entra', 'dev.azure.com/acme', {
      oauth: oauth('acme-entra', entra),
      pat: true,
    }),
    integration('us-staging', 'github', 'github.com', { oauth: oauth('Iv1.acme-us') }),
    integration('us-staging', 'azuredevops_server', 'tfs.acme.example', {
      pat: true,
      virtualDirectory: '/tfs',
    }),
    // Neither OAuth nor PAT: no sign-in possible.
    integration('us-staging', 'github', 'github.acme.example', {}),
    // "optional" fields may be present but empty.
    integration('gcp-analytics', 'github', 'github.com', { pat: true, virtualDirectory: '' }),
    integration('gcp-analytics', 'gitlab', 'gitlab.com', { oauth: oauth('acme-gcp') }),
    // A provider specific to the runner, unknown to clients, on a host with an international name.
    integration('gcp-analytics', 'forgejo', 'git.müller.example', { pat: true }),
    // Inherited from the runner manager: no uuid, no secret.
    integration('Ona Cloud (eu)', 'github', 'github.com', {
      id: 'static-scm-1',
      oauth: { clientId: 'hosted-client' },
    }),
    integration('Shared configuration for local runners', 'github', 'github.com', {
      oauth: oauth('Iv1.acme-local'),
    }),
    integration('frankfurt-old', 'gitlab', 'gitlab.com', { pat: true }),
    integration('azure-preview', 'azuredevops_entra', 'dev.azure.com/acme', {
      oauth: oauth('preview', entra),
    }),
    // The same host again, in an unusual spelling.
    integration('azure-preview', 'azuredevops_entra', 'dev.azure.com/acme/', { pat: true }),
    // Its runner is not in the list: just deleted, or not visible to us.
    integration('gone', 'gitlab', 'gitlab.com', {
      runnerId: '3f2a6c1e-58d7-4b0a-9c3d-7e41f0a2b985',
      oauth: oauth('acme-gone'),
    }),
  ];
}
