import { isUuid } from '../api/transport/limits.ts';
import type { ValidatedConfiguration } from '../api/validation.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';

/** What a runner is asked to validate: everything that is known of an integration, and no secret. */
export function sentConfiguration({ integration }: IntegrationEntry): ValidatedConfiguration {
  const { id, scmId, host, pat, oauth, virtualDirectory } = integration;
  return {
    ...(isUuid(id) && { id }),
    scmId,
    host,
    pat,
    ...(oauth?.clientId !== undefined && { oauthClientId: oauth.clientId }),
    ...(oauth?.issuerUrl !== undefined && { issuerUrl: oauth.issuerUrl }),
    ...(virtualDirectory !== undefined && { virtualDirectory }),
  };
}
