import { type Disposable, EventEmitter } from 'vscode';
import type { CallOptions, ConnectEndpoint } from '../api/connect.ts';
import { OnaApiError } from '../api/errors.ts';
import type { OnaClient } from '../api/onaClient.ts';
import { type Account, type ApiKeys, isSendableApiKey, normalizeApiKey } from './apiKeys.ts';
import {
  apiOrigin,
  type ApiUrlProblem,
  DEFAULT_API_URL,
  isAllowedRedirect,
  isTrustedAddress,
  parseApiUrl,
} from './apiUrl.ts';

/** An API, and a key for it. A new object for every sign-in: compare identity after an `await`. */
export interface Connection {
  readonly apiUrl: string;
  readonly client: OnaClient;
  /** The variable that the key comes from; undefined where it is a stored one. */
  readonly environmentVariable: string | undefined;
}

/** Who is signed in, and where to. */
export type Session =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signedOut'; readonly apiUrl: string }
  /** The environment names an address that a person has not confirmed yet. */
  | { readonly kind: 'unconfirmedAddress'; readonly apiUrl: string; readonly variable: string }
  | {
      readonly kind: 'badAddress';
      readonly address: string;
      readonly problem: ApiUrlProblem;
      /** The environment variable that names it; undefined where it is the setting. */
      readonly variable: string | undefined;
    }
  /** The account arrives beside the lists, never before them. */
  | { readonly kind: 'signedIn'; readonly connection: Connection; readonly account: Account | undefined };

export interface SessionOptions {
  readonly apiKeys: ApiKeys;
  /** `onaScm.apiUrl` where the user has set it. */
  readonly configuredApiUrl: () => string | undefined;
  readonly endpoint: Pick<ConnectEndpoint, 'timeoutMs' | 'userAgent' | 'log'>;
}

/** For the names of an organization and a user, once their key is known to work. */
const NAMES_TIMEOUT_MS = 5000;

/** What is wrong with a text that was given as a key, before any API was asked. */
export class ApiKeyFormatError extends Error {
  override readonly name = 'ApiKeyFormatError';
  readonly problem: 'empty' | 'characters' | 'noOrganization';

  constructor(problem: 'empty' | 'characters' | 'noOrganization') {
    super(problem);
    this.problem = problem;
  }
}

/** The one store of who is signed in. Everything that a window shows of the account derives from it. */
export class SessionStore implements Disposable {
  readonly #options: SessionOptions;
  readonly #changed = new EventEmitter<Session>();
  readonly onDidChange = this.#changed.event;
  #current: Session = { kind: 'starting' };
  #restarts = 0;
  #identifying = new AbortController();
  #started: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get current(): Session {
    return this.#current;
  }

  /** Settles when it is known who is signed in; asks no network. */
  async whenStarted(): Promise<void> {
    let started: Promise<void> | undefined;
    // A restart meanwhile is waited for too.
    while (started !== this.#started) {
      started = this.#started;
      await started;
    }
  }

  /** Finds out anew who is signed in: at the start, and when the address changed. */
  restart(): Promise<void> {
    const restart = ++this.#restarts;
    this.#started = this.#read().then((session) => {
      if (restart !== this.#restarts) {
        return;
      }
      this.#publish(session);
      if (session.kind === 'signedIn' && session.account === undefined) {
        void this.#identify(session.connection, this.#identifying.signal);
      }
    });
    return this.#started;
  }

  /**
   * Signs in with what a person typed or pasted, once the API knows the key.
   *
   * @param apiUrl the address that the person was shown: the key goes nowhere else
   * @throws ApiKeyFormatError, OnaApiError, or the signal's reason; nothing is stored or changed then
   */
  async signIn(apiUrl: string, input: string, options: CallOptions): Promise<Account> {
    const apiKey = normalizeApiKey(input);
    if (apiKey === '') {
      throw new ApiKeyFormatError('empty');
    }
    if (!isSendableApiKey(apiKey)) {
      throw new ApiKeyFormatError('characters');
    }
    const connection = await this.#connect(apiUrl, apiKey, undefined);
    const account = await identify(connection, options);
    options.signal.throwIfAborted();
    if (account === undefined) {
      throw new ApiKeyFormatError('noOrganization');
    }
    await this.#options.apiKeys.store(account, apiKey);
    this.#restarts++;
    this.#publish({ kind: 'signedIn', connection, account });
    return account;
  }

  /** Signs in with the environment's key after it was declined, or after its address was confirmed. */
  async acceptEnvironment(): Promise<void> {
    if (this.#current.kind === 'unconfirmedAddress') {
      await this.#options.apiKeys.confirm(this.#current.apiUrl);
    } else if (this.#current.kind === 'signedIn') {
      // A stored key would go first.
      await this.#options.apiKeys.forget(apiOrigin(this.apiUrl()));
    }
    await this.#options.apiKeys.acceptEnvironmentKey();
    await this.restart();
  }

  async signOut(): Promise<void> {
    if (this.#current.kind === 'signedIn') {
      await this.#options.apiKeys.forget(apiOrigin(this.apiUrl()));
      await this.restart();
    }
  }

  /** The address that a sign-in would ask. */
  apiUrl(): string {
    switch (this.#current.kind) {
      case 'signedOut':
      case 'unconfirmedAddress':
        return this.#current.apiUrl;
      case 'signedIn':
        return this.#current.connection.apiUrl;
      case 'starting':
      case 'badAddress':
        return DEFAULT_API_URL;
    }
  }

  dispose(): void {
    this.#identifying.abort();
    this.#changed.dispose();
  }

  async #read(): Promise<Session> {
    const { apiKeys, configuredApiUrl } = this.#options;
    const configured = configuredApiUrl();
    const fromEnvironment = configured === undefined ? apiKeys.environmentAddress() : undefined;
    const address = configured ?? fromEnvironment?.value ?? DEFAULT_API_URL;
    const parsed = parseApiUrl(address);
    if (!parsed.ok) {
      const variable = fromEnvironment?.variable;
      return { kind: 'badAddress', address, problem: parsed.problem, variable };
    }
    const { apiUrl } = parsed;
    const stored = await apiKeys.find(apiOrigin(apiUrl)).catch((error: unknown) => {
      // A broken or locked keyring: one signs in anew, and the log says why.
      this.#options.endpoint.log(`The stored API key cannot be read: ${String(error)}`);
      return undefined;
    });
    if (stored !== undefined) {
      const connection = await this.#connect(apiUrl, stored.apiKey, undefined);
      return { kind: 'signedIn', connection, account: stored.account };
    }
    const key = apiKeys.environmentKey();
    if (key === undefined || !isSendableApiKey(key.apiKey) || apiKeys.isEnvironmentKeyDeclined()) {
      return { kind: 'signedOut', apiUrl };
    }
    // A repository's dev container can set the variables: its address must not get a person's key unasked.
    if (fromEnvironment !== undefined && !isTrustedAddress(apiUrl) && !apiKeys.isConfirmed(apiUrl)) {
      return { kind: 'unconfirmedAddress', apiUrl, variable: fromEnvironment.variable };
    }
    const connection = await this.#connect(apiUrl, key.apiKey, key.variable);
    return { kind: 'signedIn', connection, account: undefined };
  }

  async #connect(
    apiUrl: string,
    apiKey: string,
    environmentVariable: string | undefined,
  ): Promise<Connection> {
    // Evaluated with the first connection: who is not signed in needs neither HTTP client nor decoders.
    const { OnaClient } = await import('../api/onaClient.ts');
    const mayRedirectTo = (target: URL) => isAllowedRedirect(apiUrl, target);
    const client = new OnaClient({ ...this.#options.endpoint, apiUrl, apiKey, mayRedirectTo });
    return { apiUrl, client, environmentVariable };
  }

  async #identify(connection: Connection, signal: AbortSignal): Promise<void> {
    try {
      const account = await identify(connection, { signal });
      if (this.#current.kind === 'signedIn' && this.#current.connection === connection) {
        this.#changed.fire((this.#current = { ...this.#current, account }));
      }
    } catch (error) {
      // The lists, asked with the same key, show what is wrong; only the title misses a name.
      if (!(error instanceof OnaApiError)) {
        this.#options.endpoint.log(`The account is not known: ${String(error)}`);
      }
    }
  }

  #publish(session: Session): void {
    this.#identifying.abort();
    this.#identifying = new AbortController();
    this.#current = session;
    this.#changed.fire(session);
  }
}

/**
 * Asks the API whose key this is.
 *
 * @returns undefined where the key belongs to no organization
 * @throws OnaApiError where the API does not know the key; missing names are replaced, not thrown
 */
async function identify({ apiUrl, client }: Connection, options: CallOptions): Promise<Account | undefined> {
  const { organizationId, principal } = await client.getAuthenticatedIdentity(options);
  if (organizationId === '') {
    return undefined;
  }
  // Names are good to have, and not worth waiting for.
  const brief = { signal: AbortSignal.any([options.signal, AbortSignal.timeout(NAMES_TIMEOUT_MS)]) };
  const [organization, user] = await Promise.allSettled([
    client.getOrganization(organizationId, brief),
    // A service account is no user; the API would refuse.
    principal === 'PRINCIPAL_SERVICE_ACCOUNT' ? undefined : client.getAuthenticatedUser(brief),
  ]);
  const organizationName = organization.status === 'fulfilled' ? organization.value.name : '';
  const userName = user.status === 'fulfilled' ? user.value?.name : undefined;
  return {
    origin: apiOrigin(apiUrl),
    organizationId,
    organizationName: organizationName || organizationId,
    ...(userName && { userName }),
  };
}
