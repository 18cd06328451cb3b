import type { DescMethod } from '@bufbuild/protobuf';
import { EventService } from './gen/gitpod/v1/event_pb.js';
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

/** The stream the sandbox answers. It is not a call with one answer. */
export const watchEvents = EventService.method.watchEvents;

/** A call or the stream. */
export type SandboxProcedure = SandboxMethod | 'WatchEvents';

export const sandboxMethodNames = Object.keys(sandboxMethods) as SandboxMethod[];

/** Everything below this path is the API; a client with another base URL meets a 404 page. */
export const apiPrefix = '/api';

const methodsByPath = new Map<string, SandboxProcedure>([
  ...sandboxMethodNames.map((name) => [pathOf(sandboxMethods[name]), name] as const),
  [pathOf(watchEvents), 'WatchEvents'],
]);

function pathOf({ parent, name }: DescMethod): string {
  return `${apiPrefix}/${parent.typeName}/${name}`;
}

export function methodAt(path: string): SandboxProcedure | undefined {
  return methodsByPath.get(path);
}
