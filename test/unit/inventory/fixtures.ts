import * as v from 'valibot';
import { type Runner, RUNNER } from '../../../src/api/runners.ts';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';

/** The result of decoding `{}`. */
export const BARE_RUNNER: Runner = v.parse(RUNNER.decoder, {});

/** A running runner, as decoded. */
export function runnerOf(fields: Partial<Runner>): Runner {
  return {
    ...BARE_RUNNER,
    kind: 'RUNNER_KIND_REMOTE',
    provider: 'RUNNER_PROVIDER_AWS_EC2',
    phase: 'RUNNER_PHASE_ACTIVE',
    ...fields,
  };
}

/** An integration with github.com by personal access token, as decoded. */
export function integrationOf(fields: Partial<ScmIntegration>): ScmIntegration {
  return { id: '', runnerId: '', scmId: 'github', host: 'github.com', pat: true, ...fields };
}

/** A sign-in to github.com with OAuth, as decoded. */
export function tokenOf(fields: Partial<HostAuthenticationToken>): HostAuthenticationToken {
  return {
    id: '',
    runnerId: '',
    host: 'github.com',
    source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH',
    integrationId: '',
    scopes: [],
    subject: { id: '', principal: 'PRINCIPAL_UNSPECIFIED' },
    ...fields,
  };
}
