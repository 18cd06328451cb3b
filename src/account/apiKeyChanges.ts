import { type Account, accountFingerprint, accountId } from './account.ts';
import { deleteOrphans, eraseKey, recordSignOuts, storeKey, storeNames } from './accountWriter.ts';
import type { ApiKeys } from './apiKeys.ts';
import type { KnownAccount } from './knownAccount.ts';
import type { Secrets } from './timedSecrets.ts';

/** The parts of `ApiKeys` that its changes need. */
export interface ApiKeyParts {
  readonly keys: Pick<ApiKeys, 'load' | 'nextSequence' | 'signedOut'>;
  readonly secrets: Secrets;
  readonly windowKeys: Map<string, { readonly account: Account; readonly apiKey: string }>;
  readonly known: () => ReadonlyMap<string, KnownAccount>;
  readonly update: (known: ReadonlyMap<string, KnownAccount>) => Promise<void>;
}

/** `ApiKeys.store` */
export async function storeAccount(
  parts: ApiKeyParts,
  account: Account,
  apiKey: string,
  signal?: AbortSignal,
): Promise<void> {
  await storeKey(parts.secrets, account, apiKey, signal);
  parts.windowKeys.delete(accountId(account));
  await set(parts, [account], { sequence: account.sequence, account });
}

/** `ApiKeys.rename` */
export async function renameAccount(parts: ApiKeyParts, account: Account): Promise<void> {
  const { keys, secrets, windowKeys } = parts;
  const unkept = windowKeys.get(accountId(account));
  if (unkept !== undefined) {
    windowKeys.set(accountId(account), { ...unkept, account });
    return;
  }
  await keys.load();
  if (knownOf(parts, account)?.account?.sequence !== account.sequence) {
    return;
  }
  // If that fails, the next window asks the API again.
  await storeNames(secrets, account).catch(() => undefined);
  await keys.load();
  const now = knownOf(parts, account);
  if (now?.account === undefined) {
    // Somebody signed out while the names were written, and that has restored the key.
    await eraseKey(secrets, account, now?.sequence ?? keys.nextSequence());
  }
}

/** `ApiKeys.forget` */
export async function forgetAccount(parts: ApiKeyParts, account: Account): Promise<void> {
  const { keys, secrets, windowKeys } = parts;
  const sequence = keys.nextSequence();
  windowKeys.delete(accountId(account));
  const isStored = knownOf(parts, account)?.account !== undefined;
  await set(parts, [account], { sequence, account: undefined });
  await (isStored && eraseKey(secrets, account, sequence));
  await deleteOrphans(secrets, keys.signedOut());
}

/** `ApiKeys.signOutUnstored` */
export async function signOutUnstored(parts: ApiKeyParts, accounts: readonly Account[]): Promise<void> {
  const { keys, secrets } = parts;
  const unstored = accounts.filter((account) => knownOf(parts, account)?.account === undefined);
  const sequence = keys.nextSequence();
  await set(parts, unstored, { sequence, account: undefined });
  await recordSignOuts(secrets, unstored, sequence);
  await deleteOrphans(secrets, keys.signedOut());
}

function knownOf({ known }: ApiKeyParts, account: Account): KnownAccount | undefined {
  return known().get(accountFingerprint(accountId(account)));
}

async function set(
  { known, update }: ApiKeyParts,
  accounts: readonly Account[],
  now: KnownAccount,
): Promise<void> {
  const changes = accounts.map((account) => [accountFingerprint(accountId(account)), now] as const);
  await update(new Map([...known(), ...changes]));
}
