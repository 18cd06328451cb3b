import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import { trimInvisible } from '../base/invisible.ts';
import { type Account, readAccount } from './account.ts';
import { normalizeApiKey, unusableCharacter, type UnusableCharacter } from './apiKeyFormat.ts';
import { STATE_KEYS } from '../names.ts';

/** A key from the environment of the extension host, and the variable that contains it. */
export interface EnvironmentKey {
  readonly variable: string;
  readonly apiKey: string;
}

/** A key that cannot be sent, without the key itself. */
export interface UnusableKey {
  readonly variable: string;
  readonly character: UnusableCharacter;
}

/** One for each machine and container that an editor is connected to. */
const MAX_REMEMBERED = 10;

const KEY_VARIABLES = ['ONA_API_KEY', 'GITPOD_API_KEY'];
const ADDRESS_VARIABLES = ['ONA_BASE_URL', 'GITPOD_BASE_URL'];

/** The key and address from the environment, and what the user has decided about them in any window. */
export class Environment {
  readonly #variables: Readonly<Record<string, string | undefined>>;
  readonly #state: Memento;

  constructor(variables: Readonly<Record<string, string | undefined>>, state: Memento) {
    this.#variables = variables;
    this.#state = state;
  }

  /** The key, even if it has been declined. An empty variable counts as unset. */
  key(): EnvironmentKey | undefined {
    const found = this.#firstSet(KEY_VARIABLES, normalizeApiKey);
    return found && { variable: found.variable, apiKey: found.value };
  }

  /** The key that cannot be sent. The other variable is not used in its place: its key may be another organization's. */
  unusableKey(): UnusableKey | undefined {
    const key = this.key();
    const character = key && unusableCharacter(key.apiKey);
    return key && character && { variable: key.variable, character };
  }

  /** The API address, not validated. An empty variable counts as unset. */
  address(): { variable: string; value: string } | undefined {
    return this.#firstSet(ADDRESS_VARIABLES, trimInvisible);
  }

  isKeyDeclined(): boolean {
    return this.#state.get<boolean>(STATE_KEYS.environmentKeyDeclined) ?? false;
  }

  /**
   * Stops the use of the key until the next sign-in, and forgets its accounts, on every machine.
   *
   * @returns these accounts
   */
  async declineKey(): Promise<readonly Account[]> {
    const accounts = this.accounts();
    await this.#state.update(STATE_KEYS.environmentKeyDeclined, true);
    await this.#state.update(STATE_KEYS.environmentAccount, undefined);
    return accounts;
  }

  async acceptKey(): Promise<void> {
    await this.#state.update(STATE_KEYS.environmentKeyDeclined, undefined);
  }

  /** The account of the key at this address, as the API last reported it; undefined for another key or address. */
  account(apiUrl: string): Account | undefined {
    const own = this.#fingerprint(apiUrl);
    return this.#remembered().find(({ fingerprint }) => fingerprint === own)?.account;
  }

  /** The accounts of the environments that this editor has seen, unless they were signed out. */
  accounts(): readonly Account[] {
    return this.#remembered().map(({ account }) => account);
  }

  /** Not after a sign-out in another window, which forgot it: its rows would stay. */
  async rememberAccount(apiUrl: string, account: Account): Promise<void> {
    if (this.isKeyDeclined()) {
      return;
    }
    const own = this.#fingerprint(apiUrl);
    const others = this.#remembered().filter(({ fingerprint }) => fingerprint !== own);
    await this.#state.update(
      STATE_KEYS.environmentAccount,
      [{ fingerprint: own, account }, ...others].slice(0, MAX_REMEMBERED),
    );
  }

  isConfirmed(apiUrl: string): boolean {
    return this.#confirmed().includes(apiUrl);
  }

  async confirm(apiUrl: string): Promise<void> {
    await this.#state.update(STATE_KEYS.confirmedAddresses, [...new Set([...this.#confirmed(), apiUrl])]);
  }

  /** The latest first. The first versions stored only one. */
  #remembered(): readonly { readonly fingerprint: unknown; readonly account: Account }[] {
    return [this.#state.get<unknown>(STATE_KEYS.environmentAccount)].flat().flatMap((entry) => {
      const { fingerprint, account: stored } = Object(entry) as Record<string, unknown>;
      const account = readAccount(stored);
      return typeof fingerprint === 'string' && account ? [{ fingerprint, account }] : [];
    });
  }

  #confirmed(): readonly string[] {
    return this.#state.get<readonly string[]>(STATE_KEYS.confirmedAddresses) ?? [];
  }

  /** Distinguishes keys without revealing them: 64 bits of a hash. */
  #fingerprint(apiUrl: string): string | undefined {
    const key = this.key();
    return key && createHash('sha256').update(`${apiUrl}\n${key.apiKey}`).digest('hex').slice(0, 16);
  }

  #firstSet(
    variables: readonly string[],
    normalize: (value: string) => string,
  ): { variable: string; value: string } | undefined {
    for (const variable of variables) {
      const value = normalize(this.#variables[variable] ?? '');
      if (value !== '') {
        return { variable, value };
      }
    }
    return undefined;
  }
}
