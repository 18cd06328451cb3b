import type { Memento, SecretStorage } from 'vscode';
import { redactAll } from '../base/redact.ts';
import { type Account, accountId, readAccount } from './account.ts';
import { API_KEY_SECRET_PREFIX, STATE_KEYS } from '../names.ts';

/** The secret storage did not store a key, or did not return it. */
export class KeyNotKeptError extends Error {
  override readonly name = 'KeyNotKeptError';
}

/**
 * API keys by API origin and organization. The keys are in SecretStorage, an index without secrets is in the global
 * state. A key without an index entry is ignored.
 */
export class ApiKeys {
  readonly #secrets: SecretStorage;
  readonly #state: Memento;
  /** Keys that only this window has, because the secret storage does not work. */
  readonly #windowKeys = new Map<string, { readonly account: Account; readonly apiKey: string }>();

  constructor(secrets: SecretStorage, state: Memento) {
    this.#secrets = secrets;
    this.#state = state;
  }

  /** Every account that has a key, the most recent sign-in first. */
  accounts(): readonly Account[] {
    const unkept = [...this.#windowKeys.values()].map(({ account }) => account);
    return [...unkept, ...this.#index().filter((account) => !this.#windowKeys.has(accountId(account)))].sort(
      (a, b) => b.signedInAt - a.signedInAt,
    );
  }

  /** Whether only this window has the key, and loses it when it closes. */
  isUnkept(account: Account): boolean {
    return this.#windowKeys.has(accountId(account));
  }

  /**
   * @returns undefined if the secret storage has no such key
   * @throws what the secret storage throws
   */
  async keyOf(account: Account): Promise<string | undefined> {
    return this.#windowKeys.get(accountId(account))?.apiKey ?? (await this.#secrets.get(secretName(account)));
  }

  /**
   * @param signal cancels, even while the secret storage is writing
   * @throws KeyNotKeptError, or the signal's reason; the index is then unchanged
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
    this.#windowKeys.delete(accountId(account));
    await this.#update([account, ...this.#othersThan(account)]);
  }

  /** Keeps a key until this window closes. */
  keepForWindow(account: Account, apiKey: string): void {
    this.#windowKeys.set(accountId(account), { account, apiKey });
  }

  /**
   * Forgets a key and its account. The account is forgotten even if the secret storage fails to delete the key.
   *
   * @throws what the secret storage throws
   */
  async forget(account: Account): Promise<void> {
    this.#windowKeys.delete(accountId(account));
    await this.#update(this.#othersThan(account));
    await this.#secrets.delete(secretName(account));
  }

  #othersThan(account: Account): readonly Account[] {
    return this.#index().filter((other) => accountId(other) !== accountId(account));
  }

  /** Not cached, because other windows change it too. */
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

/** Whether the secret of this name is an API key. */
export function isApiKeyName(name: string): boolean {
  return name.startsWith(API_KEY_SECRET_PREFIX);
}
