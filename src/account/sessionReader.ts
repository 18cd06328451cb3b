import type { ConnectEndpoint } from '../api/transport/connect.ts';
import type { SentFrom } from '../api/transport/errors.ts';
import { type Account, accountFingerprint, accountId } from './account.ts';
import type { ApiKeys } from './apiKeys.ts';
import { DEFAULT_API_URL, parseApiUrl } from './apiUrl.ts';
import { Connector } from './connector.ts';
import { keyProblemFrom, readKey } from './readKey.ts';
import type { Environment, UnusableKey } from './environment.ts';
import { type BadAddress, type KeyProblem, type Session, type SignedIn } from './sessionState.ts';
import { type Address, candidates, type WindowChoice, type WindowChoices } from './windowChoice.ts';

export interface SessionSources {
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly choices: WindowChoices;
  /** `onaScm.apiUrl` if the user has set it. */
  readonly configuredApiUrl: () => string | undefined;
  readonly endpoint: Pick<ConnectEndpoint, 'timeoutMs' | 'userAgent' | 'log'> & {
    readonly sentFrom: Promise<SentFrom> | undefined;
  };
}

/** A session, and its key if somebody is signed in. */
export interface SessionWithKey {
  readonly session: Session;
  readonly apiKey?: string;
}

/** Determines who is signed in, from settings, environment, secret storage and the window's choice. */
export class SessionReader {
  readonly #sources: SessionSources;
  readonly connector: Connector;
  #hasLoggedUnusableKey = false;

  constructor(sources: SessionSources) {
    this.#sources = sources;
    this.connector = new Connector(sources);
  }

  /** Makes no request. */
  async read(): Promise<SessionWithKey> {
    const address = this.address();
    if (address.kind === 'badAddress') {
      return { session: address };
    }
    const { apiKeys } = this.#sources;
    await apiKeys.load();
    const choice = await this.#choice(address);
    let unusableKey: UnusableKey | undefined;
    let lost: { readonly account: Account; readonly apiUrl: string } | undefined;
    let keyProblem: KeyProblem | undefined;
    for (const candidate of candidates(choice, address, apiKeys.accounts())) {
      if (candidate.kind === 'environment') {
        unusableKey = this.#unusableKey();
        const found = unusableKey === undefined ? await this.#environmentSession(address) : undefined;
        if (found !== undefined) {
          return found;
        }
      } else {
        const { account, apiUrl } = candidate;
        const { apiKey, problem } = await readKey(this.#sources, account);
        if (apiKey !== undefined) {
          const connection = await this.connector.connect(apiUrl, apiKey, undefined);
          return { session: { kind: 'signedIn', connection, account }, apiKey };
        }
        if (problem !== undefined) {
          // The key is not lost. Nobody gets into another organization for lack of an answer.
          lost = candidate;
          keyProblem = problem;
          break;
        }
        lost ??= candidate;
      }
    }
    if (lost === undefined && apiKeys.failure !== undefined) {
      keyProblem = keyProblemFrom(apiKeys.failure);
      this.#sources.endpoint.log(`Could not read the stored accounts: ${String(apiKeys.failure)}`);
    }
    // A sign-in then offers the host whose key was lost.
    const apiUrl = lost?.apiUrl ?? address.apiUrl;
    return {
      session: {
        kind: 'signedOut',
        apiUrl,
        lost: lost?.account,
        unusableKey,
        isElsewhere: choice?.kind === 'signedOut' && choice.isGone === true,
        ...(keyProblem && { keyProblem }),
      },
    };
  }

  /**
   * Who is signed in after something may have changed in another window.
   *
   * @returns the same session object if nothing has
   */
  async follow(current: Session, apiKey: string): Promise<SessionWithKey> {
    const { followSession } = await import('./onDemand.ts');
    return followSession(this, this.#sources, current, apiKey);
  }

  /**
   * Brings the session of a signed-in window up to date.
   *
   * @returns the same session object if nothing has changed; undefined if somebody has signed out
   */
  async update(signedIn: SignedIn, apiKey: string): Promise<SessionWithKey | undefined> {
    const { updateSession } = await import('./onDemand.ts');
    return updateSession(this, this.#sources, signedIn, apiKey);
  }

  /** The address from the setting, the environment or the default. */
  address(): Address | BadAddress {
    const { environment, configuredApiUrl } = this.#sources;
    const configured = configuredApiUrl();
    const fromEnvironment = configured === undefined ? environment.address() : undefined;
    const address = configured ?? fromEnvironment?.value;
    const parsed = parseApiUrl(address ?? DEFAULT_API_URL);
    const variable = fromEnvironment?.variable;
    return parsed.ok
      ? { kind: 'address', apiUrl: parsed.apiUrl, variable, isDefault: address === undefined }
      : { kind: 'badAddress', address: address ?? '', problem: parsed.problem, variable };
  }

  /** The URL of `address()`; empty if it is not valid. */
  addressUrl(): string {
    const address = this.address();
    return address.kind === 'badAddress' ? '' : address.apiUrl;
  }

  /**
   * The window's choice. If its account is gone, whether it is known that somebody signed out or not, the window is treated
   * as if it had been open then.
   */
  async #choice({ apiUrl }: Address): Promise<WindowChoice | undefined> {
    const { apiKeys, choices } = this.#sources;
    const choice = choices.current();
    if (
      choice?.kind !== 'account' ||
      choice.under !== apiUrl ||
      apiKeys.failure !== undefined ||
      apiKeys.accounts().some((account) => accountId(account) === choice.id)
    ) {
      return choice;
    }
    const after = this.sequenceOfSignOut(choice.id);
    const gone: WindowChoice = { kind: 'signedOut', after, stored: true, isGone: true };
    await choices.set(gone);
    return gone;
  }

  /** If it is not known, the sign-ins until now count as earlier ones. */
  sequenceOfSignOut(id: string | undefined): number {
    const { apiKeys } = this.#sources;
    const known = id === undefined ? undefined : apiKeys.signedOut().get(accountFingerprint(id));
    return known ?? apiKeys.lastSequence();
  }

  /** The environment's key if it would be used but cannot be sent. */
  #unusableKey(): UnusableKey | undefined {
    const { environment, endpoint } = this.#sources;
    const unusable = environment.isKeyDeclined() ? undefined : environment.unusableKey();
    if (unusable !== undefined && !this.#hasLoggedUnusableKey) {
      this.#hasLoggedUnusableKey = true;
      const { position, code } = unusable.character;
      endpoint.log(
        `The API key in ${unusable.variable} cannot be sent: its character ${position} is ${code}`,
      );
    }
    return unusable;
  }

  async #environmentSession(address: Address): Promise<SessionWithKey | undefined> {
    const { environment } = this.#sources;
    const { apiUrl, variable = '' } = address;
    const key = environment.key();
    if (key === undefined || environment.isKeyDeclined()) {
      return undefined;
    }
    if (environment.needsConfirmation(address)) {
      return { session: { kind: 'unconfirmedAddress', apiUrl, variable } };
    }
    const connection = await this.connector.connect(apiUrl, key.apiKey, key.variable);
    const account = environment.account(apiUrl);
    return { session: { kind: 'signedIn', connection, account }, apiKey: key.apiKey };
  }
}
