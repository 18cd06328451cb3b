import type { Account } from './account.ts';
import type { Environment } from './environment.ts';
import { STATE_KEYS } from '../names.ts';

/** One for each machine and container that an editor is connected to. */
const MAX_REMEMBERED = 10;

/** A declined key that is forgotten would be used again, so this is far more than the machines that anybody works on. */
const MAX_DECLINED = 100;

/**
 * Stops the use of the environment's key until somebody chooses it, and forgets its accounts, in every window. Other
 * machines may have other keys, which stay in use.
 *
 * @param origin forgets the accounts of all keys that were used there, because it is not known whose this one is
 * @returns these accounts
 */
export async function declineKey(environment: Environment, origin?: string): Promise<readonly Account[]> {
  const declined = [...new Set([environment.fingerprint(), ...environment.declined()])];
  await environment.state.update(STATE_KEYS.environmentKeyDeclined, declined.slice(0, MAX_DECLINED));
  const remembered = environment.remembered();
  const own = remembered.filter(
    ({ fingerprint, account }) =>
      fingerprint === environment.fingerprint(account.apiUrl) || account.origin === origin,
  );
  const others = remembered.filter((entry) => !own.includes(entry));
  await environment.state.update(STATE_KEYS.environmentAccount, others.length > 0 ? others : undefined);
  return own.map(({ account }) => account);
}

/** Uses the environment's key again. A sign-in with another key does not: somebody has declined this one on purpose. */
export async function acceptKey(environment: Environment): Promise<void> {
  const own = environment.fingerprint();
  const others = environment.declined().filter((entry) => entry !== true && entry !== own);
  await environment.state.update(STATE_KEYS.environmentKeyDeclined, others.length > 0 ? others : undefined);
}

/**
 * Remembers the account of the environment's key at this address. Not after a sign-out in another window, which forgot
 * it: its rows would stay.
 *
 * @param account with a number of its own, so that a later sign-out can be told from an earlier one
 */
export async function rememberAccount(
  environment: Environment,
  apiUrl: string,
  account: Account,
): Promise<void> {
  if (environment.isKeyDeclined()) {
    return;
  }
  const own = environment.fingerprint(apiUrl);
  const others = environment.remembered().filter(({ fingerprint }) => fingerprint !== own);
  await environment.state.update(
    STATE_KEYS.environmentAccount,
    [{ fingerprint: own, account }, ...others].slice(0, MAX_REMEMBERED),
  );
}

/** Remembers that somebody has agreed to send keys to this address, even if the environment chooses it. */
export async function confirmAddress(environment: Environment, apiUrl: string): Promise<void> {
  const confirmed = [...new Set([...environment.confirmed(), apiUrl])];
  await environment.state.update(STATE_KEYS.confirmedAddresses, confirmed);
}
