import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import { trimInvisible } from '../base/invisible.ts';
import { type Account, readAccount } from './account.ts';
import { normalizeApiKey, unusableCharacter, type UnusableCharacter } from './apiKeyFormat.ts';
import { isTrustedAddress } from './apiUrl.ts';
import type { Address } from './windowChoice.ts';
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

const KEY_VARIABLES = ['ONA_API_KEY', 'GITPOD_API_KEY'];
const ADDRESS_VARIABLES = ['ONA_BASE_URL', 'GITPOD_BASE_URL'];

/**
 * The key and address from the environment, and what the user has decided about them in any window
 * (`environmentWriter.ts`).
 */
export class Environment {
  readonly #variables: Readonly<Record<string, string | undefined>>;
  readonly state: Memento;

  constructor(variables: Readonly<Record<string, string | undefined>>, state: Memento) {
    this.#variables = variables;
    this.state = state;
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
    const declined = this.declined();
    return declined.includes(true) || declined.includes(this.fingerprint());
  }

  /** The account of the key at this address, as the API last reported it; undefined for another key or address. */
  account(apiUrl: string): Account | undefined {
    const own = this.fingerprint(apiUrl);
    return this.remembered().find(({ fingerprint }) => fingerprint === own)?.account;
  }

  /** The accounts of the environments that this editor has seen, unless they were signed out. */
  accounts(): readonly Account[] {
    return this.remembered().map(({ account }) => account);
  }

  /**
   * Whether somebody has to agree before any key is sent to an address, because the environment has chosen it: a
   * repository's dev container can set the variables.
   */
  needsConfirmation({ apiUrl, variable }: Pick<Address, 'apiUrl' | 'variable'>): boolean {
    return variable !== undefined && !isTrustedAddress(apiUrl) && !this.confirmed().includes(apiUrl);
  }

  /** The accounts with the fingerprints of their keys, the latest first. The first versions stored only one. */
  remembered(): readonly { readonly fingerprint: string; readonly account: Account }[] {
    return [this.state.get<unknown>(STATE_KEYS.environmentAccount)].flat().flatMap((entry) => {
      const { fingerprint, account: stored } = Object(entry) as Record<string, unknown>;
      const account = readAccount(stored);
      return typeof fingerprint === 'string' && account ? [{ fingerprint, account }] : [];
    });
  }

  confirmed(): readonly string[] {
    return this.state.get<readonly string[]>(STATE_KEYS.confirmedAddresses) ?? [];
  }

  /** Fingerprints. The first versions stored only `true`, which holds for every key until somebody accepts one. */
  declined(): readonly unknown[] {
    return [this.state.get<unknown>(STATE_KEYS.environmentKeyDeclined) ?? []].flat();
  }

  /**
   * Distinguishes keys without revealing them: 64 bits of a hash.
   *
   * @param apiUrl empty for the key alone, wherever it is sent
   */
  fingerprint(apiUrl = ''): string | undefined {
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
