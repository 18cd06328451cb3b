import type { Memento } from 'vscode';
import { type Account, accountFingerprint, accountId } from './account.ts';

export interface AccountStateOptions {
  readonly state: Memento;
  readonly key: string;
  /** The account of the window; undefined if it is not known. */
  readonly account: () => Account | undefined;
}

/** A value in a workspace's state that is deleted when the account that it was stored for is signed out. */
export class AccountState {
  readonly #options: AccountStateOptions;

  constructor(options: AccountStateOptions) {
    this.#options = options;
  }

  get value(): unknown {
    return this.#stored().value;
  }

  /** @param value undefined deletes it */
  async set(value: unknown): Promise<void> {
    const { state, key, account } = this.#options;
    const owner = account();
    const fingerprint = owner && accountFingerprint(accountId(owner));
    await state.update(key, value === undefined ? undefined : { account: fingerprint, value });
  }

  /**
   * Whether the value's account is among these. If it is not known whose it is (the first versions did not store that),
   * it counts as that of whoever was signed in here.
   *
   * @param isNobodyHere whether the window is signed out
   */
  isOf(fingerprints: ReadonlySet<string>, isNobodyHere: boolean): boolean {
    const { account, value } = this.#stored();
    return (
      value !== undefined && (account === undefined ? isNobodyHere : fingerprints.has(account as string))
    );
  }

  #stored(): { readonly account?: unknown; readonly value?: unknown } {
    const stored = this.#options.state.get<unknown>(this.#options.key);
    const { value, account } = Object(stored) as { readonly account?: unknown; readonly value?: unknown };
    // The first versions stored the value alone.
    return value === undefined ? { value: stored } : { value, account };
  }
}
