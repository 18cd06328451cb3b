import type { Memento } from 'vscode';
import { normalizeApiKey } from './apiKeys.ts';

/** A key from the environment of the extension host, and the variable that names it. */
export interface EnvironmentKey {
  readonly variable: string;
  readonly apiKey: string;
}

const DECLINED = 'onaScm.environmentKeyDeclined';
const CONFIRMED = 'onaScm.confirmedAddresses';

const KEY_VARIABLES = ['ONA_API_KEY', 'GITPOD_API_KEY'];
const ADDRESS_VARIABLES = ['ONA_BASE_URL', 'GITPOD_BASE_URL'];

/** Key and address from the environment, and what a person decided about them in any window. */
export class Environment {
  readonly #variables: Readonly<Record<string, string | undefined>>;
  readonly #state: Memento;

  constructor(variables: Readonly<Record<string, string | undefined>>, state: Memento) {
    this.#variables = variables;
    this.#state = state;
  }

  /** The key, whether declined or not. Empty counts as unset. */
  key(): EnvironmentKey | undefined {
    const found = this.#firstSet(KEY_VARIABLES, normalizeApiKey);
    return found && { variable: found.variable, apiKey: found.value };
  }

  /** The API address, as it stands there. Empty counts as unset. */
  address(): { variable: string; value: string } | undefined {
    return this.#firstSet(ADDRESS_VARIABLES, (value) => value.trim());
  }

  isKeyDeclined(): boolean {
    return this.#state.get<boolean>(DECLINED) ?? false;
  }

  /** The key stays unused until somebody signs in. */
  async declineKey(): Promise<void> {
    await this.#state.update(DECLINED, true);
  }

  async acceptKey(): Promise<void> {
    await this.#state.update(DECLINED, undefined);
  }

  isConfirmed(apiUrl: string): boolean {
    return this.#confirmed().includes(apiUrl);
  }

  async confirm(apiUrl: string): Promise<void> {
    await this.#state.update(CONFIRMED, [...new Set([...this.#confirmed(), apiUrl])]);
  }

  #confirmed(): readonly string[] {
    return this.#state.get<readonly string[]>(CONFIRMED) ?? [];
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
