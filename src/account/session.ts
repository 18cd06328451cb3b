import type { CallOptions } from '../api/transport/connect.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { Turns } from '../base/turns.ts';
import { type Account, accountId, isSameAccount } from './account.ts';
import { Identification } from './identification.ts';
import { identify } from './identity.ts';
import { SessionReader, type SessionSources } from './sessionReader.ts';
import { apiUrlOf, type BadAddress, type Connection, isSameSession, type Session } from './sessionState.ts';
import type { Address } from './windowChoice.ts';

const loadEnvironmentWriter = () => import('./environmentWriter.ts');

export interface SignInOptions extends CallOptions {
  /** Where to keep the key; `window` is for a secret storage that does not work. */
  readonly keep: 'secretStorage' | 'window';
}

/** The single source of who is signed in. Everything that a window shows about the account derives from it. */
export class SessionStore implements Disposable {
  readonly #sources: SessionSources;
  readonly #reader: SessionReader;
  readonly #identification: Identification;
  readonly #changed = new Emitter<Session>();
  readonly onDidChange = this.#changed.event;
  readonly #accountsChanged = new Emitter<void>();
  /** Accounts may have been added or removed, in this window or another. */
  readonly onDidChangeAccounts = this.#accountsChanged.event;
  /** One change at a time: storing a key makes every window follow, including this one. */
  readonly #turns = new Turns();
  /** Finds out the account of this window if that failed before. Call when the API has answered. */
  readonly retryIdentification = () => this.#identification.retry();
  #current: Session = { kind: 'starting' };
  /** Empty if nobody is signed in. */
  #apiKey = '';

  constructor(sources: SessionSources) {
    this.#sources = sources;
    this.#reader = new SessionReader(sources);
    this.#identification = new Identification(sources.endpoint.log);
  }

  get current(): Session {
    return this.#current;
  }

  /** Undefined if nobody is signed in. */
  get connection(): Connection | undefined {
    return this.#current.kind === 'signedIn' ? this.#current.connection : undefined;
  }

  /** The account of this window; undefined if nobody is signed in or it is not known yet. */
  get account(): Account | undefined {
    return this.#current.kind === 'signedIn' ? this.#current.account : undefined;
  }

  /** The name of this window's organization; undefined if the account is. */
  get organizationName(): string | undefined {
    return this.account?.organizationName;
  }

  /** Every account that has a key, the latest sign-in first; before them that of the environment's key, once known. */
  get accounts(): readonly Account[] {
    const stored = this.#sources.apiKeys.accounts();
    const own = this.account;
    return own === undefined || stored.some((account) => isSameAccount(account, own))
      ? stored
      : [own, ...stored];
  }

  /**
   * @returns undefined if there is no longer a key for the account
   * @throws what the secret storage throws
   */
  async keyOf(account: Account): Promise<string | undefined> {
    return isSameAccount(this.account, account) ? this.#apiKey : this.#sources.apiKeys.keyOf(account);
  }

  /** Waits for the account of this window; undefined if nobody is signed in or it cannot be determined. */
  async whenIdentified(): Promise<Account | undefined> {
    await this.whenStarted();
    await this.#identification.done;
    return this.account;
  }

  /** Settles when it is known who is signed in. Does not wait for the network. */
  whenStarted(): Promise<void> {
    return this.#turns.whenSettled();
  }

  /** Determines again who is signed in: at the start, and after the address changes. */
  restart(): Promise<void> {
    return this.#turns.run(() => this.#restart());
  }

  /**
   * Adopts what another window may have changed. Keeps the session as long as its key exists (picking up a changed
   * key); otherwise looks for one.
   */
  follow(): Promise<void> {
    return this.#turns.run(async () => {
      this.#accountsChanged.fire();
      const { current } = this;
      if (current.kind === 'signedIn') {
        const now = await this.#reader.update(current, this.#apiKey);
        if (now === undefined) {
          await this.#restart(this.#reader.readAfterSignOut(current));
        } else if (now.session !== current) {
          this.#publish(now.session, now.apiKey);
        }
      } else {
        const { session, apiKey } = await this.#reader.read();
        if (!isSameSession(session, current)) {
          this.#publish(session, apiKey);
          this.#keepAccount();
        }
      }
    });
  }

  /**
   * Signs in with a typed or pasted key, once the API has accepted it.
   *
   * @param apiUrl the address that the user was shown: the key is sent nowhere else
   * @throws ApiKeyFormatError, OnaApiError, KeyNotKeptError, or the signal's reason; the session is then unchanged
   */
  async signIn(apiUrl: string, input: string, { keep, ...options }: SignInOptions): Promise<Account> {
    const { ApiKeyFormatError, readApiKey } = await import('./apiKeyInput.ts');
    const apiKey = readApiKey(input);
    const connection = await this.#reader.connect(apiUrl, apiKey, undefined);
    const identified = await identify(apiUrl, connection.client, { ...options, isInteractive: true });
    options.signal.throwIfAborted();
    if (identified === undefined) {
      throw new ApiKeyFormatError('noOrganization');
    }
    return this.#turns.run(async () => {
      const { apiKeys } = this.#sources;
      await apiKeys.load();
      const account = { ...identified, sequence: apiKeys.nextSequence() };
      if (keep === 'window') {
        await apiKeys.keepForWindow(account, apiKey);
      } else {
        await apiKeys.store(account, apiKey, options.signal);
      }
      await this.#sources.choices.set({
        kind: 'account',
        id: accountId(account),
        under: this.#reader.addressUrl(),
      });
      this.#publish({ kind: 'signedIn', connection, account }, apiKey);
      return account;
    });
  }

  /** Switches this window to another account. Other windows keep theirs. */
  switchTo(account: Account): Promise<void> {
    return this.#turns.run(async () => {
      await this.#sources.choices.set({
        kind: 'account',
        id: accountId(account),
        under: this.#reader.addressUrl(),
      });
      await this.#restart();
    });
  }

  /** Signs this window in with the environment's key, if its address is confirmed. */
  useEnvironmentKey(): Promise<void> {
    return this.#turns.run(async () => {
      const { acceptKey } = await loadEnvironmentWriter();
      await acceptKey(this.#sources.environment);
      await this.#sources.choices.set({ kind: 'environment', under: this.#reader.addressUrl() });
      await this.#restart();
    });
  }

  /**
   * Signs out of an account, by default this window's; other windows that show it follow. If this window used the
   * environment's key, that is declined, and a stored key of the same organization is kept. Otherwise the environment's
   * key stays what it was, but this window does not turn to it.
   *
   * @throws what the secret storage throws if it fails to delete the key; the account is signed out anyway
   */
  signOut(account?: Account): Promise<void> {
    return this.#turns.run(async () => {
      const { current } = this;
      await this.#sources.apiKeys.load();
      const own = current.kind === 'signedIn' ? current : undefined;
      const leaving = account === undefined || isSameAccount(account, own?.account) ? own : undefined;
      const gone = account ?? leaving?.account;
      const isOfEnvironment = leaving?.connection.environmentVariable !== undefined;
      if (leaving !== undefined) {
        const { apiKeys, environment } = this.#sources;
        const { declineKey } = await loadEnvironmentWriter();
        const forgotten = isOfEnvironment ? await declineKey(environment) : [];
        await this.#leave(!isOfEnvironment);
        await apiKeys.signOutUnstored(forgotten);
      }
      if (gone !== undefined && (account !== undefined || !isOfEnvironment)) {
        try {
          await this.#sources.apiKeys.forget(gone);
        } finally {
          this.#accountsChanged.fire();
        }
      }
    });
  }

  /** The address that a sign-in would use. */
  apiUrl(): string {
    return apiUrlOf(this.#current);
  }

  /** The address from the setting, the environment or the default, whoever is signed in. */
  address(): Address | BadAddress {
    return this.#reader.address();
  }

  dispose(): void {
    this.#identification.stop();
    this.#changed.dispose();
    this.#accountsChanged.dispose();
  }

  async #restart(read = this.#reader.read()): Promise<void> {
    const { session, apiKey } = await read;
    this.#publish(session, apiKey);
    this.#keepAccount();
  }

  #keepAccount(): void {
    const { account, connection } = this;
    if (account !== undefined && connection?.environmentVariable === undefined) {
      void this.#sources.choices.keep(account, this.#reader.addressUrl());
    }
  }

  /** Signs this window out until the next sign-in, here or in another window. */
  async #leave(stored: boolean): Promise<void> {
    const address = this.#reader.address();
    const { apiKeys, choices } = this.#sources;
    await choices.set({ kind: 'signedOut', after: apiKeys.lastSequence(), stored });
    this.#publish(
      address.kind === 'badAddress'
        ? address
        : { kind: 'signedOut', apiUrl: address.apiUrl, lost: undefined },
    );
  }

  /** Records the account of the environment's key, so that the next start has it at once. */
  async #identified({ apiUrl, client }: Connection, account: Account | undefined): Promise<void> {
    if (this.#current.kind === 'signedIn' && this.#current.connection.client === client) {
      this.#changed.fire((this.#current = { ...this.#current, account }));
      this.#accountsChanged.fire();
      if (account !== undefined) {
        const { rememberAccount } = await loadEnvironmentWriter();
        await rememberAccount(this.#sources.environment, apiUrl, account);
      }
    }
  }

  #publish(session: Session, apiKey = ''): void {
    this.#identification.stop();
    this.#apiKey = apiKey;
    this.#current = session;
    this.#changed.fire(session);
    this.#accountsChanged.fire();
    if (session.kind === 'signedIn' && session.connection.environmentVariable !== undefined) {
      const { connection } = session;
      this.#identification.start(connection, (account) => this.#identified(connection, account));
    }
  }
}
