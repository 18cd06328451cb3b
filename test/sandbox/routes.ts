import { fromJson, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect';
import { accountKey, requireAccount, subjectOf } from './accounts.ts';
import { checkCount, checkIds } from './checkIds.ts';
import type { EventStreams } from './eventStreams.ts';
import { GetAuthenticatedIdentityResponseSchema } from './gen/gitpod/v1/identity_pb.js';
import { GetOrganizationResponseSchema } from './gen/gitpod/v1/organization_pb.js';
import {
  GetRunnerConfigurationSchemaResponseSchema,
  GetSCMIntegrationResponseSchema,
  ListHostAuthenticationTokensResponseSchema,
  ListSCMIntegrationsResponseSchema,
  ValidateRunnerConfigurationRequestSchema,
  ValidateRunnerConfigurationResponseSchema,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import {
  CheckAuthenticationForHostResponseSchema,
  GetRunnerResponseSchema,
  ListRunnersResponseSchema,
  RunnerSchema,
  type RunnerJson,
} from './gen/gitpod/v1/runner_pb.js';
import { GetAuthenticatedUserResponseSchema } from './gen/gitpod/v1/user_pb.js';
import { sandboxMethods, watchEvents } from './methods.ts';
import { invalidArgument, pageOf } from './paging.ts';
import { accessOf, nextAnswer, requireLive, validationOf } from './runnerAnswers.ts';
import type { Sandbox, SandboxAccount, SandboxOrganization } from './sandbox.ts';

/** The calls' implementations. They read the organization for every call, so edits take effect at once. */
export function sandboxRoutes(
  router: ConnectRouter,
  sandbox: Pick<Sandbox, 'organization' | 'keepAliveMs' | 'latencyMs'>,
  streams: EventStreams,
): void {
  const caller = (context: HandlerContext): [SandboxAccount, SandboxOrganization] => {
    const account = requireAccount(context.values.get(accountKey));
    return [account, account.organization ?? sandbox.organization];
  };

  router.rpc(sandboxMethods.ListSCMIntegrations, ({ filter, pagination }, context) => {
    const [, organization] = caller(context);
    const runnerIds = filter?.runnerIds ?? [];
    checkIds('filter.runner_ids', runnerIds);
    const wanted = new Set(runnerIds);
    const page = pageOf(
      wanted.size === 0
        ? organization.integrations
        : organization.integrations.filter(({ runnerId }) => wanted.has(runnerId ?? '')),
      pagination,
    );
    return fromJson(ListSCMIntegrationsResponseSchema, {
      pagination: page.pagination,
      integrations: page.items,
    });
  });

  router.rpc(sandboxMethods.GetSCMIntegration, ({ id }, context) => {
    const [, { integrations, inheritedIds = [] }] = caller(context);
    checkIds('id', [id]);
    const integration = integrations.find((one) => one.id === id && !inheritedIds.includes(id));
    if (integration === undefined) {
      throw new ConnectError('SCM integration not found', Code.NotFound);
    }
    return fromJson(GetSCMIntegrationResponseSchema, { integration });
  });

  router.rpc(sandboxMethods.ListHostAuthenticationTokens, ({ filter = {}, pagination }, context) => {
    const [, { tokens = [] }] = caller(context);
    const { runnerId, userId, subjectId } = filter;
    checkIds('filter.runner_id', runnerId === undefined ? [] : [runnerId]);
    checkIds('filter.user_id', userId === undefined ? [] : [userId]);
    checkIds('filter.subject_id', subjectId === undefined ? [] : [subjectId]);
    const page = pageOf(
      tokens.filter(
        (token) =>
          (runnerId === undefined || token.runnerId === runnerId) &&
          (userId === undefined || token.userId === userId) &&
          (subjectId === undefined || token.subject?.id === subjectId),
      ),
      pagination,
    );
    return fromJson(ListHostAuthenticationTokensResponseSchema, {
      pagination: page.pagination,
      tokens: page.items,
    });
  });

  router.rpc(sandboxMethods.GetRunnerConfigurationSchema, ({ runnerId }, context) => {
    const [, organization] = caller(context);
    const runner = runnerOf(organization, runnerId);
    if (runner.status?.phase === 'RUNNER_PHASE_INACTIVE') {
      throw new ConnectError('runner is not active', Code.FailedPrecondition);
    }
    const schema = organization.schemas?.[runnerId];
    if (schema === undefined) {
      throw new ConnectError('runner configuration schema not found', Code.NotFound);
    }
    return fromJson(GetRunnerConfigurationSchemaResponseSchema, { schema });
  });

  router.rpc(sandboxMethods.ListRunners, ({ filter, pagination }, context) => {
    const [, organization] = caller(context);
    const creatorIds = filter?.creatorIds ?? [];
    const kinds = filter?.kinds ?? [];
    const providers = filter?.providers ?? [];
    checkIds('filter.creator_ids', creatorIds);
    checkCount('filter.kinds', kinds);
    checkCount('filter.providers', providers);
    const page = pageOf(
      creatorIds.length + kinds.length + providers.length === 0
        ? organization.runners
        : organization.runners.filter((json: RunnerJson) => {
            // Decoded, because the filter's enums are numbers.
            const runner = fromJson(RunnerSchema, json);
            return (
              (creatorIds.length === 0 || creatorIds.includes(runner.creator?.id ?? '')) &&
              (kinds.length === 0 || kinds.includes(runner.kind)) &&
              (providers.length === 0 || providers.includes(runner.provider))
            );
          }),
      pagination,
    );
    return fromJson(ListRunnersResponseSchema, { pagination: page.pagination, runners: page.items });
  });

  router.rpc(sandboxMethods.GetRunner, ({ runnerId }, context) => {
    const [, organization] = caller(context);
    return fromJson(GetRunnerResponseSchema, { runner: runnerOf(organization, runnerId) });
  });

  router.rpc(sandboxMethods.CheckAuthenticationForHost, ({ runnerId, host }, context) => {
    const [account, organization] = caller(context);
    requireLive(runnerOf(organization, runnerId));
    if (host === '' || /[/@]/u.test(host)) {
      throw invalidArgument('host: value must be a host');
    }
    const subject = subjectOf(account, organization);
    return fromJson(
      CheckAuthenticationForHostResponseSchema,
      nextAnswer(organization.access, runnerId, host) ?? accessOf(organization, subject.id, runnerId, host),
    );
  });

  router.rpc(sandboxMethods.ValidateRunnerConfiguration, (request, context) => {
    const [, organization] = caller(context);
    const { runnerId, scmIntegration } = request;
    requireLive(runnerOf(organization, runnerId));
    const { host = '' } = scmIntegration ?? {};
    const set = nextAnswer(organization.validations, runnerId, host);
    const sent = toJson(ValidateRunnerConfigurationRequestSchema, request).scmIntegration ?? {};
    const oauth = sent.oauthClientId === undefined ? {} : { oauth: { clientId: sent.oauthClientId } };
    return fromJson(ValidateRunnerConfigurationResponseSchema, {
      ...(set !== null && { scmIntegration: set ?? validationOf({ pat: sent.pat ?? false, ...oauth }) }),
    });
  });

  router.rpc(watchEvents, (request, context) => {
    caller(context);
    return streams.watch(request, context.signal, () => sandbox);
  });

  router.rpc(sandboxMethods.GetAuthenticatedIdentity, (_request, context) => {
    const [account, organization] = caller(context);
    return fromJson(GetAuthenticatedIdentityResponseSchema, {
      subject: subjectOf(account, organization),
      organizationId: organization.profile.id,
      organizationTier: organization.tier,
    });
  });

  router.rpc(sandboxMethods.GetOrganization, ({ organizationId }, context) => {
    const [, organization] = caller(context);
    checkIds('organization_id', [organizationId]);
    if (organizationId !== organization.profile.id) {
      throw new ConnectError('organization not found', Code.NotFound);
    }
    return fromJson(GetOrganizationResponseSchema, { organization: organization.profile });
  });

  router.rpc(sandboxMethods.GetAuthenticatedUser, (_request, context) => {
    const [account, organization] = caller(context);
    if (account.principal !== 'user') {
      throw new ConnectError('only users may do this', Code.PermissionDenied);
    }
    return fromJson(GetAuthenticatedUserResponseSchema, { user: organization.user });
  });
}

/** @throws ConnectError invalid_argument or not_found */
function runnerOf({ runners }: SandboxOrganization, runnerId: string): RunnerJson {
  checkIds('runner_id', [runnerId]);
  const runner = runners.find((one) => one.runnerId === runnerId);
  if (runner === undefined) {
    throw new ConnectError('runner not found', Code.NotFound);
  }
  return runner;
}
