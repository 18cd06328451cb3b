import type { DescMethod } from '@bufbuild/protobuf';
import { IdentityService } from './gen/gitpod/v1/identity_pb.js';
import { OrganizationService } from './gen/gitpod/v1/organization_pb.js';
import { RunnerConfigurationService } from './gen/gitpod/v1/runner_configuration_pb.js';
import { RunnerService } from './gen/gitpod/v1/runner_pb.js';
import { UserService } from './gen/gitpod/v1/user_pb.js';

/** The calls the sandbox answers. A new one needs a line here and an implementation in routes.ts. */
export const sandboxMethods = {
  ListSCMIntegrations: RunnerConfigurationService.method.listSCMIntegrations,
  GetSCMIntegration: RunnerConfigurationService.method.getSCMIntegration,
  ListHostAuthenticationTokens: RunnerConfigurationService.method.listHostAuthenticationTokens,
  GetRunnerConfigurationSchema: RunnerConfigurationService.method.getRunnerConfigurationSchema,
  ValidateRunnerConfiguration: RunnerConfigurationService.method.validateRunnerConfiguration,
  ListRunners: RunnerService.method.listRunners,
  GetRunner: RunnerService.method.getRunner,
  CheckAuthenticationForHost: RunnerService.method.checkAuthenticationForHost,
  GetAuthenticatedIdentity: IdentityService.method.getAuthenticatedIdentity,
  GetOrganization: OrganizationService.method.getOrganization,
  GetAuthenticatedUser: UserService.method.getAuthenticatedUser,
} satisfies Record<string, DescMethod>;

export type SandboxMethod = keyof typeof sandboxMethods;

export const sandboxMethodNames = Object.keys(sandboxMethods) as SandboxMethod[];

/** Everything below this path is the API; a client with another base URL meets a 404 page. */
export const apiPrefix = '/api';

const methodsByPath = new Map(
  sandboxMethodNames.map((name) => {
    const method = sandboxMethods[name];
    return [`${apiPrefix}/${method.parent.typeName}/${method.name}`, name];
  }),
);

export function methodAt(path: string): SandboxMethod | undefined {
  return methodsByPath.get(path);
}
