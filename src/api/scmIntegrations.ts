import * as v from 'valibot';
import { describe, field, nested, optional } from './described.ts';
import type { ListCall } from './call.ts';
import { flag, pageOf, secretSet, text } from './wire.ts';

/** How people sign in to a host with OAuth. Decoding drops the client secret itself. */
const OAUTH = describe({
  clientId: optional(text, 'clientId'),
  issuerUrl: optional(text, 'issuerUrl'),
  clientSecretSet: { ...field(secretSet, 'encryptedClientSecret'), schema: v.boolean() },
});

/** `SCMIntegration` in the API reference, section 3. */
export const SCM_INTEGRATION = describe({
  id: field(text, 'id'),
  runnerId: field(text, 'runnerId'),
  scmId: field(text, 'scmId'),
  /** Has no scheme, but may have a port or a path. */
  host: field(text, 'host'),
  /** Present if OAuth is configured. */
  oauth: nested(OAUTH, 'oauth'),
  pat: field(flag, 'pat'),
  virtualDirectory: optional(text, 'virtualDirectory'),
});

/** An SCM integration: what a runner needs to reach one source-control host. */
export type ScmIntegration = v.InferOutput<typeof SCM_INTEGRATION.decoder>;

export const LIST_SCM_INTEGRATIONS: ListCall<ScmIntegration> = {
  path: 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations',
  noSideEffects: true,
  decoder: pageOf('integrations', SCM_INTEGRATION.decoder),
};
