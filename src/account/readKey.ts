import type { Account } from './account.ts';
import type { SessionSources } from './sessionReader.ts';
import type { KeyProblem } from './sessionState.ts';
import { isSecretStorageTimeout } from './timedSecrets.ts';

/** @returns a problem if the secret storage fails, e.g. because the keyring is locked. The log then says why. */
export async function readKey(
  { apiKeys, endpoint }: SessionSources,
  account: Account,
): Promise<{ readonly apiKey?: string | undefined; readonly problem?: KeyProblem }> {
  try {
    return { apiKey: await apiKeys.keyOf(account) };
  } catch (error) {
    endpoint.log(`Could not read the stored API key: ${String(error)}`);
    return { problem: keyProblemFrom(error) };
  }
}

export function keyProblemFrom(failure: unknown): KeyProblem {
  return isSecretStorageTimeout(failure) ? 'noAnswer' : 'unreadable';
}
