import type { Memento } from 'vscode';
import { type Account, accountId } from './account.ts';
import { apiOrigin } from './apiUrl.ts';
import { STATE_KEYS } from '../names.ts';

/** The API that settings and environment name. */
export interface Address {
  readonly kind: 'address';
  readonly apiUrl: string;
  /** The variable it comes from; undefined where it is the setting, or nothing is set. */
  readonly variable: string | undefined;
  /** Neither setting nor environment name one: it is Ona's own. */
  readonly isDefault: boolean;
}

/** What a person decided in a window about who is signed in there. */
export type WindowChoice =
  /** @property under the address that settings and environment named then: with another one the choice is over */
  | { readonly kind: 'account'; readonly id: string; readonly under: string }
  | { readonly kind: 'environment'; readonly under: string }
  /** @property at `Date.now()`: a later sign-in, of whichever window, ends it */
  | { readonly kind: 'signedOut'; readonly at: number };

/** Who may be signed in, in the order in which they are tried. */
export type Candidate =
  | { readonly kind: 'account'; readonly account: Account; readonly apiUrl: string }
  | { readonly kind: 'environment'; readonly apiUrl: string };

/** Kept for the window: that of a folder or workspace comes back with it. */
export class WindowChoices {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  current(): WindowChoice | undefined {
    const { kind, id, under, at } = Object(this.#state.get<unknown>(STATE_KEYS.windowChoice)) as Record<
      string,
      unknown
    >;
    if (kind === 'account' && typeof id === 'string' && typeof under === 'string') {
      return { kind, id, under };
    }
    if (kind === 'environment' && typeof under === 'string') {
      return { kind, under };
    }
    return kind === 'signedOut' && typeof at === 'number' ? { kind, at } : undefined;
  }

  async set(choice: WindowChoice | undefined): Promise<void> {
    await this.#state.update(STATE_KEYS.windowChoice, choice);
  }
}

/**
 * Who may be signed in in a window. What was chosen there goes first and alone: where its key is lost, nobody gets into
 * another organization unasked. Else the last sign-in to the address that is set, then the environment's key, and where
 * no address is set, the last sign-in to any.
 *
 * @param accounts the last sign-in first
 */
export function candidates(
  choice: WindowChoice | undefined,
  address: Address,
  accounts: readonly Account[],
): readonly Candidate[] {
  const toCandidate = (account: Account): Candidate => ({
    kind: 'account',
    account,
    // The path within an origin is the setting's to say.
    apiUrl:
      !address.isDefault && account.origin === apiOrigin(address.apiUrl) ? address.apiUrl : account.apiUrl,
  });
  const environment: Candidate = { kind: 'environment', apiUrl: address.apiUrl };
  if (choice !== undefined && choice.kind !== 'signedOut' && choice.under === address.apiUrl) {
    if (choice.kind === 'environment') {
      return [environment];
    }
    const chosen = accounts.find((account) => accountId(account) === choice.id);
    if (chosen !== undefined) {
      return [toCandidate(chosen)];
    }
  }
  const since = choice?.kind === 'signedOut' ? choice.at : -1;
  const fresh = accounts.filter(({ signedInAt }) => signedInAt > since);
  const here = fresh.filter(({ origin }) => origin === apiOrigin(address.apiUrl));
  const elsewhere = address.isDefault ? fresh.filter((account) => !here.includes(account)) : [];
  return [...here.map(toCandidate), environment, ...elsewhere.map(toCandidate)];
}
