import type { ConnectEndpoint } from '../api/transport/connect.ts';
import { RequestGates } from '../api/transport/requestGate.ts';
import { type Account, accountFingerprint, accountId, isSameAccount } from './account.ts';
import type { ApiKeys } from './apiKeys.ts';
import { DEFAULT_API_URL, isAllowedRedirect, isOnaHost, parseApiUrl } from './apiUrl.ts';
import type { Environment, UnusableKey } from './environment.ts';
import type { BadAddress, Connection, Session, SignedIn } from './sessionState.ts';
import { type Address, candidates, type WindowChoice, type WindowChoices } from './windowChoice.ts';

export interface SessionSources {
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly choices: WindowChoices;
  /** `onaScm.apiUrl` if the user has set it. */
  readonly configuredApiUrl: () => string | undefined;
  readonly endpoint: Pick<ConnectEndpoint, 'timeoutMs' | 'userAgent' | 'log' | 'sentFrom'>;
}

/** A session, and its key if somebody is signed in. */
export interface SessionWithKey {
  readonly session: Session;
  readonly apiKey?: string;
}

/** Determines who is signed in, from settings, environment, secret storage and the window's choice. */
export class SessionReader {
  readonly #sources: SessionSources;
  readonly #gates = new RequestGates();
  #hasLoggedUnusableKey = false;

  constructor(sources: SessionSources) {
    this.#sources = sources;
  }

  /** Makes no request. */
  async read(): Promise<SessionWithKey> {
    const address = this.address();
    if (address.kind === 'badAddress') {
      return { session: address };
    }
    const { apiKeys } = this.#sources;
    await apiKeys.load();
    const { choice, isElsewhere } = this.#choice(address);
    let unusableKey: UnusableKey | undefined;
    let lost: { readonly account: Account; readonly apiUrl: string } | undefined;
    for (const candidate of candidates(choice, address, apiKeys.accounts())) {
      if (candidate.kind === 'environment') {
        unusableKey = this.#unusableKey();
        const found = unusableKey === undefined ? await this.#environmentSession(address) : undefined;
        if (found !== undefined) {
          return found;
        }
      } else {
        const { account, apiUrl } = candidate;
        const { apiKey } = await this.#keyOf(account);
        if (apiKey !== undefined) {
          const connection = await this.connect(apiUrl, apiKey, undefined);
          return { session: { kind: 'signedIn', connection, account }, apiKey };
        }
        lost ??= { account, apiUrl };
      }
    }
    // A sign-in then offers the host whose key was lost.
    const apiUrl = lost?.apiUrl ?? address.apiUrl;
    return { session: { kind: 'signedOut', apiUrl, lost: lost?.account, unusableKey, isElsewhere } };
  }

  /**
   * Signs the window out because the user did so in another one. If there has been a sign-in since, of which the window
   * hears only now too, it follows that.
   */
  async readAfterSignOut({ account, connection }: SignedIn): Promise<SessionWithKey> {
    const { apiKeys, choices } = this.#sources;
    const signOut = account && apiKeys.signedOut().get(accountFingerprint(accountId(account)));
    const stored = connection.environmentVariable === undefined;
    await choices.set({ kind: 'signedOut', after: signOut ?? apiKeys.lastSequence(), stored });
    const { session, apiKey = '' } = await this.read();
    return session.kind === 'signedOut'
      ? { session: { ...session, isElsewhere: true } }
      : { session, apiKey };
  }

  /**
   * Brings the session of a signed-in window up to date.
   *
   * @returns the same session object if nothing has changed; undefined if somebody has signed out
   */
  async update(signedIn: SignedIn, apiKey: string): Promise<SessionWithKey | undefined> {
    const { apiKeys, environment } = this.#sources;
    const { connection, account } = signedIn;
    await apiKeys.load();
    if (connection.environmentVariable !== undefined) {
      return environment.isKeyDeclined() ? undefined : { session: signedIn, apiKey };
    }
    const known = apiKeys.accounts().find((other) => isSameAccount(other, account));
    if (known === undefined) {
      return undefined;
    }
    const found = await this.#keyOf(known);
    // A temporary failure of the secret storage must not sign anybody out.
    const now = found.isBroken ? apiKey : found.apiKey;
    if (now === undefined) {
      return { session: { kind: 'signedOut', apiUrl: connection.apiUrl, lost: known } };
    }
    if (now === apiKey) {
      return { session: signedIn, apiKey };
    }
    const renewed = await this.connect(connection.apiUrl, now, undefined);
    return { session: { kind: 'signedIn', connection: renewed, account: known }, apiKey: now };
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

  async connect(
    apiUrl: string,
    apiKey: string,
    environmentVariable: string | undefined,
  ): Promise<Connection> {
    // Loaded with the first connection: before a sign-in, no HTTP client is needed.
    const { OnaClient } = await import('../api/onaClient.ts');
    const mayRedirectTo = (target: URL) => isAllowedRedirect(apiUrl, target);
    const gate = this.#gates.of(apiUrl);
    if (this.#isKnownApi(apiUrl)) {
      gate.setApiAnswered(apiUrl);
    }
    const client = new OnaClient({
      ...this.#sources.endpoint,
      apiUrl,
      apiKey,
      mayRedirectTo,
      gate,
    });
    return { apiUrl, client, environmentVariable };
  }

  /** Whether an Ona API has answered at an address: it is Ona's own, or somebody has signed in there. */
  #isKnownApi(apiUrl: string): boolean {
    const { apiKeys, environment } = this.#sources;
    return (
      isOnaHost(apiUrl) ||
      apiKeys.accounts().some((account) => account.apiUrl === apiUrl) ||
      environment.account(apiUrl) !== undefined
    );
  }

  /** The window's choice. An account that was signed out while the window was closed is treated as if it had been open. */
  #choice({ apiUrl }: Address): { choice: WindowChoice | undefined; isElsewhere: boolean } {
    const { apiKeys, choices } = this.#sources;
    const choice = choices.current();
    const after =
      choice?.kind === 'account' && choice.under === apiUrl
        ? apiKeys.signedOut().get(accountFingerprint(choice.id))
        : undefined;
    return after === undefined
      ? { choice, isElsewhere: false }
      : { choice: { kind: 'signedOut', after, stored: true }, isElsewhere: true };
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
    const connection = await this.connect(apiUrl, key.apiKey, key.variable);
    const account = environment.account(apiUrl);
    return { session: { kind: 'signedIn', connection, account }, apiKey: key.apiKey };
  }

  async #keyOf(account: Account): Promise<{ apiKey: string | undefined; isBroken: boolean }> {
    try {
      return { apiKey: await this.#sources.apiKeys.keyOf(account), isBroken: false };
    } catch (error) {
      // The keyring is broken or locked. The user signs in again, and the log says why.
      this.#sources.endpoint.log(`Could not read the stored API key: ${String(error)}`);
      return { apiKey: undefined, isBroken: true };
    }
  }
}
