import { type Account, accountFingerprint, accountId, readAccount } from './account.ts';
import { ACCOUNT_SECRET_PREFIX } from '../names.ts';

/** What is known about an account that has signed in. */
export interface KnownAccount {
  /** The number of its last sign-in or sign-out in the order of all of them. */
  readonly sequence: number;
  /** Undefined if it was signed out, which tells other profiles and machines that its key is not lost. */
  readonly account: Account | undefined;
}

/** The name of the secret of an account. */
export function accountSecretName(account: Account): string {
  return ACCOUNT_SECRET_PREFIX + accountFingerprint(accountId(account));
}

/** @returns undefined if the secret of this name is something else */
export function fingerprintOf(secretName: string): string | undefined {
  return secretName.startsWith(ACCOUNT_SECRET_PREFIX)
    ? secretName.slice(ACCOUNT_SECRET_PREFIX.length)
    : undefined;
}

/**
 * Reads what is stored of an account, as a secret or without its key.
 *
 * @returns undefined if it is about another account, or about none
 */
export function readKnown(stored: unknown, fingerprint: string): KnownAccount | undefined {
  const account = readAccount(stored);
  if (account !== undefined) {
    const isOwn = accountFingerprint(accountId(account)) === fingerprint;
    return isOwn ? { sequence: account.sequence, account } : undefined;
  }
  const { sequence } = Object(stored) as { readonly sequence?: unknown };
  return Number.isSafeInteger(sequence) ? { sequence: sequence as number, account } : undefined;
}

/**
 * Reads the secret of an account.
 *
 * @returns undefined if there is none, or it cannot be read
 */
export function readSecret(
  text: string | undefined,
  fingerprint: string,
): (KnownAccount & { readonly apiKey?: string }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const known = readKnown(value, fingerprint);
  const { apiKey } = Object(value) as { readonly apiKey?: unknown };
  if (known?.account === undefined) {
    return known;
  }
  return typeof apiKey === 'string' ? { ...known, apiKey } : undefined;
}
