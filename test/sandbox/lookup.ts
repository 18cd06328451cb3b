import assert from 'node:assert/strict';
import type {
  HostAuthenticationTokenJson,
  SCMIntegrationJson,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import type { RunnerJson } from './gen/gitpod/v1/runner_pb.js';
import type { SandboxOrganization } from './sandbox.ts';

/** The runner of this name, as the API returns it. */
export function runnerNamed({ runners }: SandboxOrganization, name: string): RunnerJson {
  const found = runners.find((runner) => runner.name === name);
  assert.ok(found, `There is no runner ${name}`);
  return found;
}

/** The integration of this runner for a host, as the API returns it. */
export function integrationAt(
  organization: SandboxOrganization,
  runner: string,
  host: string,
): SCMIntegrationJson {
  const { runnerId } = runnerNamed(organization, runner);
  const found = organization.integrations.find(
    (integration) => integration.runnerId === runnerId && integration.host === host,
  );
  assert.ok(found, `${runner} has no integration for ${host}`);
  return found;
}

/** The sign-in to a host on this runner, as the API returns it; of all sign-ins to it, the first. */
export function tokenAt(
  organization: SandboxOrganization,
  runner: string,
  host: string,
): HostAuthenticationTokenJson {
  const { runnerId } = runnerNamed(organization, runner);
  const found = organization.tokens?.find((token) => token.runnerId === runnerId && token.host === host);
  assert.ok(found, `There is no sign-in to ${host} on ${runner}`);
  return found;
}
