import { redactAll } from '../base/redact.ts';
import { type Account, accountFingerprint, accountId, readAccount } from './account.ts';
import { accountSecretName, fingerprintOf, type KnownAccount, readSecret } from './knownAccount.ts';
import { isSecretStorageTimeout, type Secrets } from './timedSecrets.ts';
import { FIRST_API_KEY_SECRET_PREFIX } from '../names.ts';

/** The secret storage did not store a key, or did not return it. */
export class KeyNotKeptError extends Error {
  override readonly name = 'KeyNotKeptError';
}

/**
 * Stores a key with its account. If that fails or is canceled, the account's earlier key, if any, is restored.
 *
 * @throws KeyNotKeptError, or the signal's reason
 */
export async function storeKey(
  secrets: Secrets,
  account: Account,
  apiKey: string,
  signal?: AbortSignal,
): Promise<void> {
  const name = accountSecretName(account);
  const value = JSON.stringify({ ...account, apiKey });
  let isKept = false;
  try {
    const before = await secrets.get(name);
    signal?.throwIfAborted();
    try {
      await secrets.store(name, value);
      isKept = (await secrets.get(name)) === value;
    } finally {
      if (signal?.aborted === true || !isKept) {
        // Even after an error: a call that was given up may still take effect, but before this one does.
        await (before === undefined ? secrets.delete(name) : secrets.store(name, before));
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeyNotKeptError(redactAll(reason, [apiKey]), { cause: error });
  }
  signal?.throwIfAborted();
  if (!isKept) {
    throw new KeyNotKeptError('');
  }
  // It is stored under another name, and is no longer read.
  await deleteFirstKey(secrets, account).catch(() => undefined);
}

/** Stores the names of an account. If its secret has no key, or that of another sign-in, nothing is stored. */
export async function storeNames(secrets: Secrets, account: Account): Promise<void> {
  const name = accountSecretName(account);
  const stored = readSecret(await secrets.get(name), accountFingerprint(accountId(account)));
  if (stored?.apiKey !== undefined && stored.sequence === account.sequence) {
    await secrets.store(name, JSON.stringify({ ...account, apiKey: stored.apiKey }));
  }
}

/**
 * Adds the accounts whose keys were stored by the first versions, and that nothing else is known of. Their names are not
 * known until the API is asked.
 *
 * @param secretNames of all secrets
 */
export function addFirstAccounts(known: Map<string, KnownAccount>, secretNames: readonly string[]): void {
  for (const name of secretNames) {
    const account = firstAccount(name);
    const fingerprint = account && accountFingerprint(accountId(account));
    if (fingerprint !== undefined && !known.has(fingerprint)) {
      known.set(fingerprint, { sequence: 0, account });
    }
  }
}

/**
 * Deletes what belongs to no account: secrets that nobody can read, and keys that the first versions stored for accounts
 * that were signed out. Does nothing if the secret storage fails: the next sign-out tries again.
 *
 * @param signedOut by fingerprint
 */
export async function deleteOrphans(secrets: Secrets, signedOut: ReadonlyMap<string, number>): Promise<void> {
  const isOrphan = async (name: string): Promise<boolean> => {
    const fingerprint = fingerprintOf(name);
    if (fingerprint !== undefined) {
      const text = await secrets.get(name);
      // What is listed but not returned may be a key that cannot be read at the moment.
      return text !== undefined && readSecret(text, fingerprint) === undefined;
    }
    const account = firstAccount(name);
    return (
      name.startsWith(FIRST_API_KEY_SECRET_PREFIX) &&
      (account === undefined || signedOut.has(accountFingerprint(accountId(account))))
    );
  };
  const names = await Promise.resolve(secrets.keys()).catch(() => []);
  await Promise.allSettled(
    names.map(async (name) => ((await isOrphan(name)) ? secrets.delete(name) : undefined)),
  );
}

/**
 * Replaces a key with the number of its account's sign-out, or at least deletes it, which needs no encryption.
 *
 * @throws what the secret storage throws
 */
export async function eraseKey(secrets: Secrets, account: Account, sequence: number): Promise<void> {
  const name = accountSecretName(account);
  try {
    await secrets.store(name, JSON.stringify({ sequence }));
  } catch (error) {
    if (isSecretStorageTimeout(error)) {
      // It is stored late. If it were deleted then, other profiles would take it for a lost key.
      throw error;
    }
    await secrets.delete(name);
  }
  await deleteFirstKey(secrets, account);
}

/**
 * Stores the number of a sign-out as the secret of accounts without a key, if the secret storage works. A key that another
 * window has stored in the meantime stays.
 */
export async function recordSignOuts(
  secrets: Secrets,
  accounts: readonly Account[],
  sequence: number,
): Promise<void> {
  await Promise.allSettled(
    accounts.map(async (account) => {
      const name = accountSecretName(account);
      if ((await secrets.get(name))?.includes('"apiKey"') !== true) {
        await secrets.store(name, JSON.stringify({ sequence }));
      }
    }),
  );
}

/**
 * Makes the secret of an account agree with what the profile has last seen, if that is newer: carries over the key of an
 * account that signed in before key and account were one secret (each profile does so for the accounts that it knows),
 * and deletes a key that another tab of the browser has written back from an old copy.
 *
 * @param seen what the profile has last seen
 * @param stored the account of the secret; undefined if it has no key
 * @throws KeyNotKeptError, or what the secret storage throws; a key to be carried over is then where it was
 */
export async function reconcile(
  secrets: Secrets,
  seen: KnownAccount,
  stored: Account | undefined,
): Promise<void> {
  if (seen.account === undefined) {
    await (stored && eraseKey(secrets, stored, seen.sequence));
    return;
  }
  const apiKey = await secrets.get(firstName(seen.account));
  if (apiKey !== undefined) {
    await storeKey(secrets, seen.account, apiKey);
  }
}

async function deleteFirstKey(secrets: Secrets, account: Account): Promise<void> {
  if ((await secrets.get(firstName(account))) !== undefined) {
    await secrets.delete(firstName(account));
  }
}

/** @returns undefined if the secret of this name is something else */
function firstAccount(secretName: string): Account | undefined {
  const id = secretName.startsWith(FIRST_API_KEY_SECRET_PREFIX)
    ? secretName.slice(FIRST_API_KEY_SECRET_PREFIX.length)
    : '';
  const [, origin = '', organizationId] = /^(https?:\/\/.+):([^:]+)$/.exec(id) ?? [];
  const account = readAccount({ origin, organizationId, organizationName: organizationId });
  return account !== undefined && new URL(origin).origin === origin ? account : undefined;
}

function firstName(account: Account): string {
  return FIRST_API_KEY_SECRET_PREFIX + accountId(account);
}
