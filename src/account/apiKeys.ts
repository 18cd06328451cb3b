import type { Memento, SecretStorage } from 'vscode';

/** Whom a stored key belongs to. Free of secrets: this is what stands in the index. */
export interface Account {
  /** Origin of the API that the key is for and travels to. */
  readonly origin: string;
  readonly organizationId: string;
  readonly organizationName: string;
  /** Undefined for a service account. */
  readonly userName?: string;
}

/** A key from the environment of the extension host, and the variable that names it. */
export interface EnvironmentKey {
  readonly variable: string;
  readonly apiKey: string;
}

const INDEX = 'onaScm.accounts';
const DECLINED = 'onaScm.environmentKeyDeclined';
const CONFIRMED = 'onaScm.confirmedAddresses';

const KEY_VARIABLES = ['ONA_API_KEY', 'GITPOD_API_KEY'];
const ADDRESS_VARIABLES = ['ONA_BASE_URL', 'GITPOD_BASE_URL'];

/**
 * API keys by API origin and organization: the keys in SecretStorage, an index without secrets beside them. Also what
 * a person decided about the environment's key and address.
 */
export class ApiKeys {
  readonly #secrets: SecretStorage;
  readonly #state: Memento;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(
    secrets: SecretStorage,
    state: Memento,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#secrets = secrets;
    this.#state = state;
    this.#environment = environment;
  }

  /** The stored key for an origin that was signed in with last. */
  async find(origin: string): Promise<{ account: Account; apiKey: string } | undefined> {
    for (const account of this.#accounts().filter((entry) => entry.origin === origin)) {
      const apiKey = await this.#secrets.get(secretName(account));
      if (apiKey !== undefined) {
        return { account, apiKey };
      }
    }
    return undefined;
  }

  async store(account: Account, apiKey: string): Promise<void> {
    await this.#secrets.store(secretName(account), apiKey);
    const others = this.#accounts().filter((entry) => secretName(entry) !== secretName(account));
    await this.#state.update(INDEX, [account, ...others]);
    await this.#state.update(DECLINED, undefined);
  }

  /** Forgets every key of an origin, and declines the environment's until somebody signs in. */
  async forget(origin: string): Promise<void> {
    await this.#state.update(DECLINED, true);
    const accounts = this.#accounts();
    for (const account of accounts.filter((entry) => entry.origin === origin)) {
      await this.#secrets.delete(secretName(account));
    }
    await this.#state.update(
      INDEX,
      accounts.filter((entry) => entry.origin !== origin),
    );
  }

  /** The environment's key, whether declined or not. Empty counts as unset. */
  environmentKey(): EnvironmentKey | undefined {
    const found = this.#firstSet(KEY_VARIABLES, normalizeApiKey);
    return found && { variable: found.variable, apiKey: found.value };
  }

  /** The environment's API address, as it stands there. Empty counts as unset. */
  environmentAddress(): { variable: string; value: string } | undefined {
    return this.#firstSet(ADDRESS_VARIABLES, (value) => value.trim());
  }

  isEnvironmentKeyDeclined(): boolean {
    return this.#state.get<boolean>(DECLINED) ?? false;
  }

  async acceptEnvironmentKey(): Promise<void> {
    await this.#state.update(DECLINED, undefined);
  }

  isConfirmed(apiUrl: string): boolean {
    return this.#confirmed().includes(apiUrl);
  }

  async confirm(apiUrl: string): Promise<void> {
    await this.#state.update(CONFIRMED, [...new Set([...this.#confirmed(), apiUrl])]);
  }

  #accounts(): readonly Account[] {
    return this.#state.get<readonly Account[]>(INDEX) ?? [];
  }

  #confirmed(): readonly string[] {
    return this.#state.get<readonly string[]>(CONFIRMED) ?? [];
  }

  #firstSet(
    variables: readonly string[],
    normalize: (value: string) => string,
  ): { variable: string; value: string } | undefined {
    for (const variable of variables) {
      const value = normalize(this.#environment[variable] ?? '');
      if (value !== '') {
        return { variable, value };
      }
    }
    return undefined;
  }
}

/** The name a key is stored under. */
function secretName(account: Account): string {
  return `onaScm.apiKey:${account.origin}:${account.organizationId}`;
}

/** The key in what a person pasted: without white space, quotes and a leading `Bearer`, in whichever order they stand. */
export function normalizeApiKey(input: string): string {
  const text = input.trim();
  const inner = text.replace(/^(["'`])(.*)\1$/s, '$2').replace(/^Bearer(?:\s+|$)/i, '');
  return inner === text ? text : normalizeApiKey(inner);
}

/** Whether a text can be sent as a bearer token at all (RFC 6750: visible ASCII without spaces). */
export function isSendableApiKey(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}
