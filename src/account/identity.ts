import type { CallOptions } from '../api/transport/connect.ts';
import type { OnaClient } from '../api/onaClient.ts';
import type { Account } from './account.ts';
import { apiOrigin } from './apiUrl.ts';

/** How long to wait for the names of the organization and the user, once the key is known to work. */
const NAMES_TIMEOUT_MS = 5000;

/**
 * Asks the API which account a key belongs to.
 *
 * @returns undefined if the key does not belong to an organization
 * @throws OnaApiError if the key cannot be checked; names that cannot be read cause no error
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
  // The names are useful, but not worth a long wait.
  const brief = {
    isInteractive: options.isInteractive,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(NAMES_TIMEOUT_MS)]),
  };
  const [organization, user] = await Promise.allSettled([
    client.getOrganization(organizationId, brief),
    // A service account is not a user: the API would reject the request.
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
    // Set when the key is stored.
    sequence: 0,
  };
}
