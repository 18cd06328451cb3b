import type { Memento, SecretStorage } from 'vscode';
import { redactAll } from '../base/redact.ts';
import { type Account, accountId, readAccount } from './account.ts';
import { API_KEY_SECRET_PREFIX, STATE_KEYS } from '../names.ts';

/** The secret storage did not take a key, or did not give it back. */
export class KeyNotKeptError extends Error {
  override readonly name = 'KeyNotKeptError';
}

/**
 * API keys by API origin and organization: the keys in SecretStorage, an index without secrets beside them. An account
 * counts only while it is in the index: a key that stayed behind is nobody's.
 */
export class ApiKeys {
  readonly #secrets: SecretStorage;
  readonly #state: Memento;
  /** What only this window knows, because the secret storage does not work. */
  readonly #unkept = new Map<string, { readonly account: Account; readonly apiKey: string }>();

  constructor(secrets: SecretStorage, state: Memento) {
    this.#secrets = secrets;
    this.#state = state;
  }

  /** Every account with a key, the last sign-in first. */
  accounts(): readonly Account[] {
    const unkept = [...this.#unkept.values()].map(({ account }) => account);
    return [...unkept, ...this.#index().filter((account) => !this.#unkept.has(accountId(account)))].sort(
      (a, b) => b.signedInAt - a.signedInAt,
    );
  }

  /** Whether the key is in this window only, and gone with it. */
  isUnkept(account: Account): boolean {
    return this.#unkept.has(accountId(account));
  }

  /** @returns undefined where the secret storage has no such key; @throws what the secret storage throws */
  async keyOf(account: Account): Promise<string | undefined> {
    return this.#unkept.get(accountId(account))?.apiKey ?? (await this.#secrets.get(secretName(account)));
  }

  /**
   * @param signal gives up, even while the secret storage writes
   * @throws KeyNotKeptError, or the signal's reason; nothing is changed then
   */
  async store(account: Account, apiKey: string, signal?: AbortSignal): Promise<void> {
    const name = secretName(account);
    let kept: string | undefined;
    try {
      const before = await this.#secrets.get(name);
      signal?.throwIfAborted();
      await this.#secrets.store(name, apiKey);
      kept = await this.#secrets.get(name);
      if (signal?.aborted === true) {
        await (before === undefined ? this.#secrets.delete(name) : this.#secrets.store(name, before));
      }
    } catch (error) {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new KeyNotKeptError(redactAll(reason, [apiKey]), { cause: error });
    }
    signal?.throwIfAborted();
    if (kept !== apiKey) {
      throw new KeyNotKeptError('');
    }
    this.#unkept.delete(accountId(account));
    await this.#update([account, ...this.#othersThan(account)]);
  }

  /** Keeps a key for as long as this window lives. */
  keepForWindow(account: Account, apiKey: string): void {
    this.#unkept.set(accountId(account), { account, apiKey });
  }

  /** Forgets a key and whose it was, even where the secret storage does not let it go. */
  async forget(account: Account): Promise<void> {
    this.#unkept.delete(accountId(account));
    await this.#update(this.#othersThan(account));
    await this.#secrets.delete(secretName(account));
  }

  #othersThan(account: Account): readonly Account[] {
    return this.#index().filter((other) => accountId(other) !== accountId(account));
  }

  /** Read anew each time: other windows change it too. */
  #index(): readonly Account[] {
    const stored = this.#state.get<unknown>(STATE_KEYS.accounts);
    return Array.isArray(stored) ? stored.map(readAccount).filter((account) => account !== undefined) : [];
  }

  async #update(accounts: readonly Account[]): Promise<void> {
    await this.#state.update(STATE_KEYS.accounts, accounts);
  }
}

/** The name a key is stored under. */
function secretName(account: Account): string {
  return API_KEY_SECRET_PREFIX + accountId(account);
}

/** Whether what stands in SecretStorage under this name is a key. */
export function isApiKeyName(name: string): boolean {
  return name.startsWith(API_KEY_SECRET_PREFIX);
}
