import pLimit from 'p-limit';
import type { CallOptions } from '../api/transport/connect.ts';
import { OnaApiError } from '../api/transport/errors.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { type Account, accountId, isSameAccount } from './account.ts';
import { ApiKeyFormatError, readApiKey } from './apiKeyFormat.ts';
import { DEFAULT_API_URL } from './apiUrl.ts';
import { identify } from './identity.ts';
import { SessionReader, type SessionSources } from './sessionReader.ts';
import { type Connection, isSameSession, type Session } from './sessionState.ts';
import type { WindowChoice } from './windowChoice.ts';

export interface SignInOptions extends CallOptions {
  /** Where the key is kept; `window` is for a secret storage that does not work. */
  readonly keep: 'secretStorage' | 'window';
}

/** The one store of who is signed in. Everything that a window shows of the account derives from it. */
export class SessionStore implements Disposable {
  readonly #sources: SessionSources;
  readonly #reader: SessionReader;
  readonly #changed = new Emitter<Session>();
  readonly onDidChange = this.#changed.event;
  readonly #accountsChanged = new Emitter<void>();
  /** Accounts may have come or gone, in this window or another one. */
  readonly onDidChangeAccounts = this.#accountsChanged.event;
  readonly #forgotten = new Emitter<Account>();
  /** Somebody signed out of an account, here or in another window: nothing of it is to stay. */
  readonly onDidForget = this.#forgotten.event;
  /** One change at a time: a key that is being stored tells every window to follow, this one too. */
  readonly #inTurn = pLimit(1);
  #current: Session = { kind: 'starting' };
  /** The key of who is signed in. */
  #apiKey = '';
  #identifying = new AbortController();
  #identified: Promise<void> = Promise.resolve();
  #settled: Promise<unknown> = Promise.resolve();

  constructor(sources: SessionSources) {
    this.#sources = sources;
    this.#reader = new SessionReader(sources);
  }

  get current(): Session {
    return this.#current;
  }

  /** Undefined if nobody is signed in. */
  get connection(): Connection | undefined {
    return this.#current.kind === 'signedIn' ? this.#current.connection : undefined;
  }

  /** The account of this window; undefined if nobody is signed in, or if it is not known yet. */
  get account(): Account | undefined {
    return this.#current.kind === 'signedIn' ? this.#current.account : undefined;
  }

  /** Of the account of this window. */
  get organizationName(): string | undefined {
    return this.account?.organizationName;
  }

  /** Every account there is a key for, the last sign-in first; that of a key from the environment once it is known. */
  get accounts(): readonly Account[] {
    const stored = this.#sources.apiKeys.accounts();
    const own = this.account;
    return own === undefined || stored.some((account) => isSameAccount(account, own))
      ? stored
      : [own, ...stored];
  }

  /** @returns undefined where it is not known any more; @throws what the secret storage throws */
  async keyOf(account: Account): Promise<string | undefined> {
    return isSameAccount(this.account, account) ? this.#apiKey : this.#sources.apiKeys.keyOf(account);
  }

  /** Whose account this window shows, once that is known; undefined where nobody is signed in, or it cannot be known. */
  async whenIdentified(): Promise<Account | undefined> {
    await this.whenStarted();
    await this.#identified;
    return this.account;
  }

  /** Settles when it is known who is signed in; asks no network. */
  async whenStarted(): Promise<void> {
    let settled: Promise<unknown> | undefined;
    // A change meanwhile is waited for too.
    while (settled !== this.#settled) {
      settled = this.#settled;
      await settled;
    }
  }

  /** Finds out anew who is signed in: at the start, and when the address changed. */
  restart(): Promise<void> {
    return this.#change(() => this.#restart());
  }

  /**
   * Takes up what another window may have changed. Keeps the session as long as its key exists, with the key as it is by
   * now; looks for a session otherwise.
   */
  follow(): Promise<void> {
    return this.#change(async () => {
      this.#accountsChanged.fire();
      const { current } = this;
      if (current.kind === 'signedIn') {
        const now = await this.#reader.update(current, this.#apiKey);
        if (now === undefined) {
          await this.#leave();
          if (current.account !== undefined) {
            this.#forgotten.fire(current.account);
          }
        } else if (now.session !== current) {
          this.#publish(now.session, now.apiKey);
        }
      } else {
        const { session, apiKey } = await this.#reader.read();
        if (!isSameSession(session, current)) {
          this.#publish(session, apiKey);
          this.#keepAccount(session);
        }
      }
    });
  }

  /**
   * Signs in with what a person typed or pasted, once the API knows the key.
   *
   * @param apiUrl the address that the person was shown: the key goes nowhere else
   * @throws ApiKeyFormatError, OnaApiError, KeyNotKeptError, or the signal's reason; nothing is stored or changed then
   */
  async signIn(apiUrl: string, input: string, { keep, ...options }: SignInOptions): Promise<Account> {
    const apiKey = readApiKey(input);
    const connection = await this.#reader.connect(apiUrl, apiKey, undefined);
    const account = await identify(apiUrl, connection.client, options);
    options.signal.throwIfAborted();
    if (account === undefined) {
      throw new ApiKeyFormatError('noOrganization');
    }
    await this.#change(async () => {
      const { apiKeys, environment } = this.#sources;
      if (keep === 'window') {
        apiKeys.keepForWindow(account, apiKey);
      } else {
        await apiKeys.store(account, apiKey, options.signal);
      }
      await environment.acceptKey();
      await this.#choose({ kind: 'account', id: accountId(account), under: this.#addressUrl() });
      this.#publish({ kind: 'signedIn', connection, account }, apiKey);
    });
    return account;
  }

  /** Makes this window that of another account. Other windows stay as they are. */
  switchTo(account: Account): Promise<void> {
    return this.#change(async () => {
      await this.#choose({ kind: 'account', id: accountId(account), under: this.#addressUrl() });
      await this.#restart();
    });
  }

  /**
   * Signs this window in with the environment's key.
   *
   * @param confirmed the address that a person has seen and agreed to; without it an unconfirmed one stays so
   */
  useEnvironmentKey(confirmed?: string): Promise<void> {
    return this.#change(async () => {
      const { environment } = this.#sources;
      if (this.#current.kind === 'unconfirmedAddress' && this.#current.apiUrl === confirmed) {
        await environment.confirm(confirmed);
      }
      await environment.acceptKey();
      await this.#choose({ kind: 'environment', under: this.#addressUrl() });
      await this.#restart();
    });
  }

  /**
   * Signs out of an account, by default that of this window; any other window that shows it follows. A window that used
   * the environment's key uses it no more; a key of the same organization that is stored stays.
   *
   * @throws what the secret storage throws where it does not let the key go; signed out all the same
   */
  signOut(account?: Account): Promise<void> {
    return this.#change(async () => {
      const { current } = this;
      const own = current.kind === 'signedIn' ? current : undefined;
      const leaving = account === undefined || isSameAccount(account, own?.account) ? own : undefined;
      const gone = account ?? leaving?.account;
      if (leaving !== undefined) {
        await this.#sources.environment.declineKey();
        await this.#leave();
      }
      if (gone !== undefined) {
        this.#forgotten.fire(gone);
        if (account === undefined && leaving?.connection.environmentVariable !== undefined) {
          return;
        }
        try {
          await this.#sources.apiKeys.forget(gone);
        } finally {
          this.#accountsChanged.fire();
        }
      }
    });
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
    this.#accountsChanged.dispose();
    this.#forgotten.dispose();
  }

  #change(work: () => Promise<void>): Promise<void> {
    const change = this.#inTurn(work);
    this.#settled = change.catch(() => undefined);
    return change;
  }

  async #restart(): Promise<void> {
    const { session, apiKey } = await this.#reader.read();
    this.#publish(session, apiKey);
    this.#keepAccount(session);
  }

  /** A window that never chose stays with its account when another one signs in. */
  #keepAccount(session: Session): void {
    if (session.kind !== 'signedIn' || session.connection.environmentVariable !== undefined) {
      return;
    }
    const { account } = session;
    const choice = this.#sources.choices.current();
    const under = this.#addressUrl();
    // What was chosen under another address counts again once that is set.
    const isOver = choice !== undefined && choice.kind !== 'signedOut' && choice.under !== under;
    const id = account && accountId(account);
    if (id !== undefined && !isOver && !(choice?.kind === 'account' && choice.id === id)) {
      void this.#choose({ kind: 'account', id, under });
    }
  }

  /** Signs this window out until somebody signs in anew, here or in another one. */
  async #leave(): Promise<void> {
    const address = this.#reader.address();
    await this.#choose({ kind: 'signedOut', at: Date.now() });
    this.#publish(
      address.kind === 'badAddress'
        ? address
        : { kind: 'signedOut', apiUrl: address.apiUrl, lost: undefined },
    );
  }

  #choose(choice: WindowChoice): Promise<void> {
    return this.#sources.choices.set(choice);
  }

  #addressUrl(): string {
    const address = this.#reader.address();
    return address.kind === 'badAddress' ? '' : address.apiUrl;
  }

  /** Asks whose the environment's key is; the next start knows it. */
  async #identify({ apiUrl, client }: Connection, signal: AbortSignal): Promise<void> {
    try {
      const account = await identify(apiUrl, client, { signal });
      if (this.#current.kind === 'signedIn' && this.#current.connection.client === client) {
        this.#changed.fire((this.#current = { ...this.#current, account }));
        this.#accountsChanged.fire();
        if (account !== undefined) {
          await this.#sources.environment.rememberAccount(apiUrl, account);
        }
      }
    } catch (error) {
      // The lists, asked with the same key, show what is wrong; only the title misses a name.
      if (!(error instanceof OnaApiError)) {
        this.#sources.endpoint.log(`The account is not known: ${String(error)}`);
      }
    }
  }

  #publish(session: Session, apiKey = ''): void {
    this.#identifying.abort();
    this.#identifying = new AbortController();
    this.#apiKey = apiKey;
    this.#current = session;
    this.#changed.fire(session);
    this.#accountsChanged.fire();
    if (session.kind === 'signedIn' && session.connection.environmentVariable !== undefined) {
      this.#identified = this.#identify(session.connection, this.#identifying.signal);
    }
  }
}
