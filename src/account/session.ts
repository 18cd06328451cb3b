import type { Subject } from '../api/identity.ts';
import type { OnaApiError } from '../api/transport/errors.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { traceOf } from '../base/traceOf.ts';
import { Turns } from '../base/turns.ts';
import { type Account, accountId, isSameAccount, ownerOf } from './account.ts';
import { Identification } from './identification.ts';
import { SessionReader, type SessionSources } from './sessionReader.ts';
import type { SignInOptions } from './verifyKey.ts';
import { apiUrlOf, type BadAddress, type Connection, type Session } from './sessionState.ts';
import type { Address } from './windowChoice.ts';

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
  #current: Session = { kind: 'starting' };
  /** Empty if nobody is signed in. */
  #apiKey = '';

  constructor(sources: SessionSources) {
    this.#sources = sources;
    this.#reader = new SessionReader(sources);
    this.#identification = new Identification({ known: () => this.accounts, log: sources.endpoint.log });
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
    if (this.account === undefined) {
      this.#identification.ask();
    }
    await this.#identification.done;
    return this.account;
  }

  /** Waits for the owner of this window's key; undefined if nobody is signed in or it cannot be determined. */
  async whenSubjectKnown(): Promise<Subject | undefined> {
    await this.whenStarted();
    if (this.account?.subjectId === undefined) {
      this.#identification.ask();
      await this.#identification.done;
    }
    return ownerOf(this.account);
  }

  /** Why the account of this window is not known although somebody is signed in; undefined if that is still open. */
  get identityProblem(): Identification['problem'] {
    return this.#identification.problem;
  }

  /**
   * Finds out what is not yet known of this window's account. Call when a load has ended, or the network may be back.
   *
   * @param isComplete whether everything has just been loaded. Otherwise the names can wait, and a rejected key would only
   *   be rejected again
   */
  askForAccount(isComplete: boolean): void {
    const isRefused = (this.identityProblem as OnaApiError | undefined)?.problem === 'keyRefused';
    if (isComplete || (this.account === undefined && !isRefused)) {
      this.#identification.ask();
    }
  }

  /** Settles when it is known who is signed in. Does not wait for the network. */
  whenStarted(): Promise<void> {
    return this.#turns.whenSettled();
  }

  /** Determines again who is signed in: at the start, and after the address changes. */
  restart(): Promise<void> {
    return this.#turns.run(() => this.#restart().catch((error: unknown) => this.#fail(error)));
  }

  /**
   * Adopts what another window may have changed. Keeps the session as long as its key exists (picking up a changed
   * key); otherwise looks for one.
   */
  follow(): Promise<void> {
    return this.#turns.run(() => this.#follow().catch((error: unknown) => this.#logDefect(error)));
  }

  /**
   * Signs in with a typed or pasted key, once the API has accepted it.
   *
   * @param apiUrl the address that the user was shown: the key is sent nowhere else
   * @throws ApiKeyFormatError, OnaApiError, KeyNotKeptError, or the signal's reason; the session is then unchanged
   */
  async signIn(apiUrl: string, input: string, { keep, ...options }: SignInOptions): Promise<Account> {
    const { verifyKey } = await import('./onDemand.ts');
    const connect = (key: string) => this.#reader.connector.connect(apiUrl, key, undefined);
    const { apiKey, connection, ...found } = await verifyKey(input, connect, options, this.accounts);
    return this.#turns.run(async () => {
      const { apiKeys } = this.#sources;
      await apiKeys.load();
      const account = { ...found.account, sequence: apiKeys.nextSequence() };
      if (keep === 'window') {
        await apiKeys.keepForWindow(account, apiKey);
      } else {
        await apiKeys.store(account, apiKey, options.signal);
      }
      await this.#choose(account);
      this.#publish({ kind: 'signedIn', connection, account }, apiKey);
      if (found.isComplete) {
        this.#identification.stop();
      }
      return account;
    });
  }

  /** Switches this window to another account. Other windows keep theirs. */
  switchTo(account: Account): Promise<void> {
    return this.#turns.run(async () => {
      await this.#choose(account);
      await this.#restart();
    });
  }

  /** Signs this window in with the environment's key, if its address is confirmed. */
  useEnvironmentKey(): Promise<void> {
    return this.#turns.run(async () => {
      const { acceptKey } = await import('./environmentWriter.ts');
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
      const { signOutOf } = await import('./onDemand.ts');
      const { current } = this;
      const publish = (session: Session) => this.#publish(session);
      try {
        await signOutOf({ sources: this.#sources, reader: this.#reader, current, account, publish });
      } finally {
        this.#accountsChanged.fire();
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

  async #restart(): Promise<void> {
    const { session, apiKey } = await this.#reader.read();
    this.#publish(session, apiKey);
    this.#keepAccount();
  }

  async #follow(): Promise<void> {
    this.#accountsChanged.fire();
    const { current } = this;
    const { session, apiKey } = await this.#reader.follow(current, this.#apiKey);
    if (session === current) {
      this.askForAccount(false);
    } else {
      this.#publish(session, apiKey);
      this.#keepAccount();
    }
  }

  /** A window must not stay at its start, or at an address that is no longer set. */
  #fail(error: unknown): void {
    this.#logDefect(error);
    this.#publish({ kind: 'signedOut', apiUrl: this.apiUrl(), lost: undefined, keyProblem: 'defect' });
  }

  #logDefect(error: unknown): void {
    this.#sources.endpoint.log(`Could not determine who is signed in: ${traceOf(error)}`);
  }

  #keepAccount(): void {
    const { account, connection } = this;
    if (account !== undefined && connection?.environmentVariable === undefined) {
      void this.#sources.choices.keep(account, this.#reader.addressUrl());
    }
  }

  async #choose(account: Account): Promise<void> {
    const under = this.#reader.addressUrl();
    await this.#sources.choices.set({ kind: 'account', id: accountId(account), under });
  }

  async #identified(connection: Connection, found: Account): Promise<void> {
    const { recordAccount } = await import('./recordAccount.ts');
    const { current } = this;
    if (current.kind === 'signedIn' && current.connection === connection) {
      const show = (session: Session) => this.#show(session);
      await recordAccount({ sources: this.#sources, turns: this.#turns, current, found, show });
    }
  }

  #publish(session: Session, apiKey = ''): void {
    const before = this.connection;
    this.#apiKey = apiKey;
    if (session.kind !== 'signedIn' || session.connection !== before) {
      this.#identification.stop();
    }
    this.#show(session);
    const { connection } = this;
    if (connection !== undefined && connection !== before) {
      this.#identification.plan(connection, (account) => this.#identified(connection, account));
      // The names of a stored account can wait until the rows are there.
      if (connection.environmentVariable !== undefined) {
        this.#identification.ask();
      }
    }
  }

  #show(session: Session): void {
    this.#current = session;
    this.#changed.fire(session);
    this.#accountsChanged.fire();
  }
}
