import { Code, ConnectError } from '@connectrpc/connect';
import type {
  HostAuthenticationTokenJson,
  SCMIntegrationJson,
  SCMIntegrationValidationResultJson,
} from './gen/gitpod/v1/runner_configuration_pb.js';
import type {
  CheckAuthenticationForHostResponse_SupportsPATJson as TokenPagesJson,
  CheckAuthenticationForHostResponseJson,
  RunnerJson,
} from './gen/gitpod/v1/runner_pb.js';
import type { RunnerAnswers, SandboxOrganization } from './sandbox.ts';

/** How often each was asked for. */
const asked = new WeakMap<object, number>();

/** The next of the answers that are set for a runner and a host; undefined if none are. */
export function nextAnswer<T>(
  all: readonly RunnerAnswers<T>[] | undefined,
  runnerId: string,
  host: string,
): T | undefined {
  const set = all?.find((one) => one.runnerId === runnerId && one.host === host);
  if (set === undefined) {
    return undefined;
  }
  const count = asked.get(set) ?? 0;
  asked.set(set, count + 1);
  return set.answers[Math.min(count, set.answers.length - 1)];
}

/** @throws ConnectError failed_precondition unless the runner can be asked */
export function requireLive({ status }: RunnerJson): void {
  if (status?.phase !== 'RUNNER_PHASE_ACTIVE' && status?.phase !== 'RUNNER_PHASE_DEGRADED') {
    throw new ConnectError('runner is not active', Code.FailedPrecondition);
  }
}

/** Whether somebody is signed in follows from the sign-ins on record, and how they can sign in from the integration. */
export function accessOf(
  { integrations, tokens }: SandboxOrganization,
  subjectId: string | undefined,
  runnerId: string,
  host: string,
): CheckAuthenticationForHostResponseJson {
  const integration = integrations.find((one) => one.runnerId === runnerId && bareHost(one.host) === host);
  if (integration === undefined) {
    throw new ConnectError(`no SCM integration for ${host}`, Code.NotFound);
  }
  const provider = PROVIDERS[integration.scmId ?? ''];
  return {
    authenticated:
      tokens?.some((token) => isSignInTo(token, subjectId, runnerId, host) && !hasEnded(token)) ?? false,
    scmId: integration.scmId ?? '',
    scmName: provider?.name ?? '',
    ...(integration.oauth && {
      supportsOauth2: { authUrl: `https://${host}/login/oauth/authorize?state=${AUTH_STATE}`, docsUrl: DOCS },
    }),
    ...(integration.pat && { supportsPat: { docsUrl: DOCS, ...provider?.pages(host) } }),
  };
}

/** Whether a sign-in on record is somebody's to this host of a runner. */
export function isSignInTo(
  token: HostAuthenticationTokenJson,
  subjectId: string | undefined,
  runnerId: string,
  host: string,
): boolean {
  return token.runnerId === runnerId && bareHost(token.host) === host && token.subject?.id === subjectId;
}

/** A configuration without a way to sign in is not valid. */
export function validationOf({ pat, oauth }: SCMIntegrationJson): SCMIntegrationValidationResultJson {
  return pat === true || oauth !== undefined
    ? { valid: true }
    : { patError: 'no sign-in method is configured' };
}

/** Part of an address that nobody must open. */
export const AUTH_STATE = 'sandbox-auth-state';

const DOCS = 'https://ona.com/docs/ona/source-control/overview';

const PROVIDERS: Readonly<Record<string, { name: string; pages: (host: string) => TokenPagesJson }>> = {
  github: {
    name: 'GitHub',
    pages: (host) => ({
      createUrl: `https://${host}/settings/tokens/new?scopes=repo,workflow,read:user,user:email`,
      example: 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      requiredScopes: ['repo', 'workflow', 'read:user', 'user:email'],
    }),
  },
  gitlab: {
    name: 'GitLab',
    pages: (host) => ({
      createUrl: `https://${host}/-/user_settings/personal_access_tokens`,
      example: 'glpat-xxxxxxxxxxxxxxxxxxxx',
      requiredScopes: ['api', 'read_repository', 'read_user'],
    }),
  },
  bitbucket: { name: 'Bitbucket', pages: () => ({}) },
  azuredevops_entra: {
    name: 'Azure DevOps',
    pages: (host) => ({
      createUrl: `https://${host}/_usersettings/tokens`,
      requiredScopes: ['Code (read & write)'],
    }),
  },
  azuredevops_server: {
    name: 'Azure DevOps Server',
    pages: () => ({ requiredScopes: ['Code (read & write)'] }),
  },
};

/** The end of an OAuth token says nothing: it is refreshed. */
function hasEnded({ source, expiresAt }: HostAuthenticationTokenJson): boolean {
  return (
    source === 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT' &&
    expiresAt !== undefined &&
    Date.parse(expiresAt) < Date.now()
  );
}

/** Without a path, in the spelling of DNS. */
export function bareHost(host = ''): string {
  return new URL(`https://${host}`).host.replace(/\.$/, '');
}
