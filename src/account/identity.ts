import type { CallOptions } from '../api/transport/connect.ts';
import { isRefusal } from '../api/transport/errors.ts';
import { type Account, isSameAccount } from './account.ts';
import { apiOrigin } from './apiUrl.ts';
import type { Connection } from './sessionState.ts';

/** How long to wait for the names of the organization and the user, once the key is known to work. */
const NAMES_TIMEOUT_MS = 5000;

export interface IdentifiedAccount {
  readonly account: Account;
  /** Whether the organization's name is known too, or the API refuses to return it. */
  readonly isComplete: boolean;
}

/**
 * Asks the API which account a key belongs to. If the API does not return a name or the owner, what was known before is
 * used. If no name was, the organization's ID stands in for its name.
 *
 * @returns undefined if the key does not belong to an organization
 * @throws OnaApiError if the key cannot be checked; names that cannot be read cause no error
 */
export async function identify(
  { apiUrl, client }: Pick<Connection, 'apiUrl' | 'client'>,
  options: CallOptions,
  known: readonly Account[],
): Promise<IdentifiedAccount | undefined> {
  const { organizationId, subjectId, principal } = await client.getAuthenticatedIdentity(options);
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
  const found = {
    origin: apiOrigin(apiUrl),
    apiUrl,
    organizationId,
    organizationName: organization.status === 'fulfilled' ? organization.value.name : '',
    // Set when the key is stored.
    sequence: 0,
  };
  const before = known.find((account) => isSameAccount(account, found));
  const owner = subjectId === '' ? before : { subjectId, principal };
  // Another person's key for the same organization has another name.
  const isSameOwner = before?.subjectId === undefined || before.subjectId === owner?.subjectId;
  const nameBefore = isSameOwner ? before?.userName : undefined;
  const userName = user.status === 'fulfilled' ? user.value?.name : nameBefore;
  const account = {
    ...found,
    organizationName: found.organizationName || (before?.organizationName ?? organizationId),
    ...(userName && { userName }),
    ...(owner?.subjectId && { subjectId: owner.subjectId }),
    ...(owner?.principal && { principal: owner.principal }),
  };
  const isRefused = organization.status === 'rejected' && isRefusal(organization.reason);
  return { account, isComplete: isRefused || account.organizationName !== organizationId };
}
