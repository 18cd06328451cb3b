import { deterministicUuid } from './deterministicUuid.ts';
import type { HostAuthenticationTokenJson } from './gen/gitpod/v1/runner_configuration_pb.js';
import { integrationIdOf } from './sampleIntegrations.ts';
import { JANE_ID, runnerIdOf } from './sampleRunners.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function token(
  userId: string,
  runnerName: string,
  host: string,
  source: 'OAUTH' | 'PAT',
  rest: HostAuthenticationTokenJson = {},
): HostAuthenticationTokenJson {
  return {
    id: deterministicUuid(`token/${userId}/${runnerName}/${host}`),
    runnerId: runnerIdOf(runnerName),
    userId,
    subject: { id: userId, principal: 'PRINCIPAL_USER' },
    host,
    source: `HOST_AUTHENTICATION_TOKEN_SOURCE_${source}`,
    ...rest,
  };
}

/**
 * Sign-ins of every kind: Jane's, and one of somebody else.
 *
 * @param now milliseconds since 1970, to which the times are relative
 */
export function sampleTokens(now: number): HostAuthenticationTokenJson[] {
  // In whole seconds, as protobuf's JSON writes them.
  const at = (ms: number) => new Date(now + ms).toISOString().replace(/\.\d+Z$/u, 'Z');
  const jane = token.bind(undefined, JANE_ID);
  return [
    // The end is that of an access token, which Ona refreshes.
    jane('eu-production', 'github.com', 'OAUTH', {
      expiresAt: at(HOUR),
      scopes: ['repo', 'workflow', 'read:user', 'user:email'],
    }),
    jane('eu-production', 'gitlab.acme.example:8443', 'PAT', {
      expiresAt: at(3 * DAY),
      scopes: ['api', 'read_repository', 'read_user'],
    }),
    // Without the path that the integration's host has.
    jane('eu-production', 'dev.azure.com', 'OAUTH'),
    jane('gcp-analytics', 'github.com', 'PAT', {
      expiresAt: at(-2 * DAY),
      scopes: ['repo', 'read:user', 'user:email'],
    }),
    // The same host in another spelling.
    jane('gcp-analytics', 'GitLab.com.', 'OAUTH', { scopes: ['api', 'read_repository', 'read_user'] }),
    // For one of two integrations with the same host.
    jane('azure-preview', 'dev.azure.com', 'PAT', {
      integrationId: integrationIdOf('azure-preview', 'dev.azure.com/acme'),
    }),
    token(deterministicUuid('user/John Roe'), 'us-staging', 'github.com', 'OAUTH', {
      scopes: ['repo', 'workflow', 'read:user', 'user:email'],
    }),
  ];
}
