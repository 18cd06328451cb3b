import type { SecretStorage } from 'vscode';
import { redactAll } from '../base/redact.ts';
import { type Account, accountId } from './account.ts';
import { accountSecretName, type KnownAccount } from './knownAccount.ts';
import { FIRST_API_KEY_SECRET_PREFIX } from '../names.ts';

/*
 * Loaded on demand: most windows never write a key.
 */

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
  secrets: SecretStorage,
  account: Account,
  apiKey: string,
  signal?: AbortSignal,
): Promise<void> {
  const name = accountSecretName(account);
  const value = JSON.stringify({ ...account, apiKey });
  let isKept: boolean;
  try {
    const before = await secrets.get(name);
    signal?.throwIfAborted();
    await secrets.store(name, value);
    isKept = (await secrets.get(name)) === value;
    if (signal?.aborted === true || !isKept) {
      await (before === undefined ? secrets.delete(name) : secrets.store(name, before));
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

/**
 * Replaces a key with the number of its account's sign-out, or at least deletes it, which needs no encryption.
 *
 * @throws what the secret storage throws
 */
export async function eraseKey(secrets: SecretStorage, account: Account, sequence: number): Promise<void> {
  const name = accountSecretName(account);
  try {
    await secrets.store(name, JSON.stringify({ sequence }));
  } catch {
    await secrets.delete(name);
  }
  await deleteFirstKey(secrets, account);
}

/**
 * Stores the number of a sign-out as the secret of accounts without a key, if the secret storage works. A key that another
 * window has stored in the meantime stays.
 */
export async function recordSignOuts(
  secrets: SecretStorage,
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
  secrets: SecretStorage,
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

async function deleteFirstKey(secrets: SecretStorage, account: Account): Promise<void> {
  if ((await secrets.get(firstName(account))) !== undefined) {
    await secrets.delete(firstName(account));
  }
}

function firstName(account: Account): string {
  return FIRST_API_KEY_SECRET_PREFIX + accountId(account);
}
