import type { CallOptions } from '../api/transport/connect.ts';
import type { OnaClient } from '../api/onaClient.ts';
import type { Account } from './account.ts';
import { apiOrigin } from './apiUrl.ts';

/** For the names of an organization and a user, once their key is known to work. */
const NAMES_TIMEOUT_MS = 5000;

/**
 * Asks the API whose key this is.
 *
 * @returns undefined where the key belongs to no organization
 * @throws OnaApiError where the API does not know the key; missing names are replaced, not thrown
 */
export async function identify(
  apiUrl: string,
  client: OnaClient,
  options: CallOptions,
): Promise<Account | undefined> {
  const { organizationId, principal } = await client.getAuthenticatedIdentity(options);
  if (organizationId === '') {
    return undefined;
  }
  // Names are good to have, and not worth waiting for.
  const brief = { signal: AbortSignal.any([options.signal, AbortSignal.timeout(NAMES_TIMEOUT_MS)]) };
  const [organization, user] = await Promise.allSettled([
    client.getOrganization(organizationId, brief),
    // A service account is no user; the API would refuse.
    principal === 'PRINCIPAL_SERVICE_ACCOUNT' ? undefined : client.getAuthenticatedUser(brief),
  ]);
  const organizationName = organization.status === 'fulfilled' ? organization.value.name : '';
  const userName = user.status === 'fulfilled' ? user.value?.name : undefined;
  return {
    origin: apiOrigin(apiUrl),
    apiUrl,
    organizationId,
    organizationName: organizationName || organizationId,
    ...(userName && { userName }),
    signedInAt: Date.now(),
  };
}
