import * as v from 'valibot';
import { describe, essential, field, nested, optional } from './described.ts';
import type { ListCall } from './call.ts';
import { flag, itemOf, pageOf, secretSet, text } from './wire.ts';

/** How people sign in to a host with OAuth. Decoding drops the client secret itself. */
const OAUTH = describe({
  clientId: optional(text, 'clientId'),
  issuerUrl: optional(text, 'issuerUrl'),
  clientSecretSet: { ...field(secretSet, 'encryptedClientSecret'), schema: v.boolean() },
});

/**
 * `SCMIntegration` in the API reference, section 3. What identifies it is essential, and so is how people can sign in:
 * without that, it would look as if nobody could.
 */
export const SCM_INTEGRATION = describe({
  id: essential(field(text, 'id')),
  runnerId: essential(field(text, 'runnerId')),
  scmId: essential(field(text, 'scmId')),
  /** Has no scheme, but may have a port or a path. */
  host: essential(field(text, 'host')),
  /** Present if OAuth is configured. */
  oauth: essential(nested(OAUTH, 'oauth')),
  pat: essential(field(flag, 'pat')),
  virtualDirectory: optional(text, 'virtualDirectory'),
});

/** An SCM integration: what a runner needs to reach one source-control host. */
export type ScmIntegration = v.InferOutput<typeof SCM_INTEGRATION.decoder>;

export const LIST_SCM_INTEGRATIONS: ListCall<ScmIntegration> = {
  path: 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations',
  noSideEffects: true,
  decoder: pageOf('integrations', SCM_INTEGRATION),
  item: SCM_INTEGRATION,
};

/** Answers `not_found` for an integration that is inherited from a manager of runners: only lists have those. */
export const GET_SCM_INTEGRATION: ListCall<ScmIntegration> = {
  path: 'gitpod.v1.RunnerConfigurationService/GetSCMIntegration',
  noSideEffects: true,
  decoder: itemOf('integration', SCM_INTEGRATION),
  item: SCM_INTEGRATION,
};
