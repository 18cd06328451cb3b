import type { Memento } from 'vscode';
import { type Account, accountId } from './account.ts';
import { apiOrigin } from './apiUrl.ts';
import { STATE_KEYS } from '../names.ts';

/** The API address from the setting, the environment or the default. */
export interface Address {
  readonly kind: 'address';
  readonly apiUrl: string;
  /** The variable it comes from; undefined if it comes from the setting or is the default. */
  readonly variable: string | undefined;
  /** Neither the setting nor the environment sets one: it is Ona's own. */
  readonly isDefault: boolean;
}

/** What the user chose in a window: an account, the environment's key, or to be signed out. */
export type WindowChoice =
  /** @property under the API address at the time: the choice does not apply under another one */
  | { readonly kind: 'account'; readonly id: string; readonly under: string }
  | { readonly kind: 'environment'; readonly under: string }
  /**
   * @property after the number of the last sign-in (`ApiKeys.lastSequence`): a later one in any window ends it
   * @property stored whether it was of a stored key: then the environment's is not declined, but must not replace it
   * @property isGone whether somebody signed out of the window's account in another window
   */
  | {
      readonly kind: 'signedOut';
      readonly after: number;
      readonly stored?: boolean;
      readonly isGone?: boolean;
    };

/** A key that may be signed in with. */
export type Candidate =
  | { readonly kind: 'account'; readonly account: Account; readonly apiUrl: string }
  | { readonly kind: 'environment'; readonly apiUrl: string };

/** Stores the choice with the window's folder or workspace, so that it comes back with that. */
export class WindowChoices {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  current(): WindowChoice | undefined {
    const { kind, id, under, after, at, stored, isGone } = Object(
      this.#state.get<unknown>(STATE_KEYS.windowChoice),
    ) as Record<string, unknown>;
    if (kind === 'account' && typeof id === 'string' && typeof under === 'string') {
      return { kind, id, under };
    }
    if (kind === 'environment' && typeof under === 'string') {
      return { kind, under };
    }
    // Earlier versions stored a time, which counts as a number of the sequence.
    const number = after ?? at;
    return kind === 'signedOut' && typeof number === 'number'
      ? { kind, after: number, stored: stored === true, isGone: isGone === true }
      : undefined;
  }

  async set(choice: WindowChoice): Promise<void> {
    await this.#state.update(STATE_KEYS.windowChoice, choice);
  }

  /**
   * Makes the account the window's choice, so that the window keeps it when another one signs in.
   *
   * @param under the current API address
   */
  async keep(account: Account, under: string): Promise<void> {
    const choice = this.current();
    const id = accountId(account);
    // A choice made under another address applies again once that address is set.
    const isOver = choice !== undefined && choice.kind !== 'signedOut' && choice.under !== under;
    if (!isOver && !(choice?.kind === 'account' && choice.id === id)) {
      await this.set({ kind: 'account', id, under });
    }
  }
}

/**
 * The keys to try in a window, in order. What the user chose there excludes all others: if its key is lost, or its
 * account is gone, the window must not switch to another organization unasked. Otherwise these are the sign-ins to the
 * current address, then the environment's key and, if the address is the default, the sign-ins to other addresses.
 *
 * @param accounts the most recent sign-in first
 */
export function candidates(
  choice: WindowChoice | undefined,
  address: Address,
  accounts: readonly Account[],
): readonly Candidate[] {
  const toCandidate = (account: Account): Candidate => ({
    kind: 'account',
    account,
    // Within an origin, the configured address determines the path.
    apiUrl:
      !address.isDefault && account.origin === apiOrigin(address.apiUrl) ? address.apiUrl : account.apiUrl,
  });
  const environment: Candidate[] = [{ kind: 'environment', apiUrl: address.apiUrl }];
  if (choice !== undefined && choice.kind !== 'signedOut' && choice.under === address.apiUrl) {
    if (choice.kind === 'environment') {
      return environment;
    }
    return accounts.filter((account) => accountId(account) === choice.id).map(toCandidate);
  }
  const { after: since = -1, stored = false } = choice?.kind === 'signedOut' ? choice : {};
  const fresh = accounts.filter(({ sequence }) => sequence > since);
  const here = fresh.filter(({ origin }) => origin === apiOrigin(address.apiUrl));
  const elsewhere = address.isDefault ? fresh.filter((account) => !here.includes(account)) : [];
  return [...here.map(toCandidate), ...(stored ? [] : environment), ...elsewhere.map(toCandidate)];
}
