import {
  authentication,
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent as SessionsChange,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
  Disposable,
  EventEmitter,
  type Memento,
} from 'vscode';
import { type Account, accountId } from './account.ts';
import { offeredLabel } from './offeredLabel.ts';
import type { SessionStore } from './session.ts';
import { AUTHENTICATION_PROVIDER } from '../names.ts';

/** The only scope: what this extension uses a key for. A key's own permissions are set when it is created. */
const SCOPE = 'scm:read';

export interface OnaAuthenticationProviderOptions {
  readonly session: SessionStore;
  /** Global. */
  readonly state: Memento;
  /**
   * Lets the user sign in.
   *
   * @throws Error that says why there is no account
   */
  readonly signIn: () => Promise<Account>;
  readonly log: (line: string) => void;
}

/**
 * Offers the accounts to VS Code: to its Accounts menu, and to other extensions that ask for a session, which the user
 * has to allow. This extension itself reads the session store directly.
 */
export class OnaAuthenticationProvider implements AuthenticationProvider, Disposable {
  readonly #options: OnaAuthenticationProviderOptions;
  readonly #changed = new EventEmitter<SessionsChange>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #disposables: Disposable;
  #announced: Promise<readonly AuthenticationSession[]> = Promise.resolve([]);

  constructor(options: OnaAuthenticationProviderOptions) {
    this.#options = options;
    this.#disposables = Disposable.from(
      this.#changed,
      options.session.onDidChangeAccounts(() => this.#announceChanges()),
      authentication.registerAuthenticationProvider(AUTHENTICATION_PROVIDER, 'Ona', this, {
        supportsMultipleAccounts: true,
      }),
    );
  }

  async getSessions(
    scopes: readonly string[] = [],
    { account }: AuthenticationProviderSessionOptions = {},
  ): Promise<AuthenticationSession[]> {
    const sessions = scopes.every((scope) => scope === SCOPE) ? await this.#sessions() : [];
    return sessions.filter((session) => account === undefined || session.account.id === account.id);
  }

  async createSession(scopes: readonly string[]): Promise<AuthenticationSession> {
    const { newAuthenticationSession } = await import('./newAuthenticationSession.ts');
    return newAuthenticationSession(scopes, SCOPE, async () => {
      const account = await this.#options.signIn();
      const [created] = await this.getSessions([], { account: accountOf(account, '') });
      return created;
    });
  }

  async removeSession(id: string): Promise<void> {
    const { session } = this.#options;
    const account = session.accounts.find((candidate) => accountId(candidate) === id);
    if (account !== undefined) {
      await session.signOut(account);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Runs one at a time, so that each event reports the changes since the previous one. */
  #announceChanges(): void {
    this.#announced = this.#announced.then(async (before) => {
      const now = await this.#sessions();
      const previous = new Map(before.map((session) => [session.id, session]));
      const added = now.filter(({ id }) => !previous.has(id));
      const removed = before.filter(({ id }) => now.every((session) => session.id !== id));
      const changed = now.filter(({ id, accessToken, account }) => {
        const old = previous.get(id);
        return old !== undefined && (old.accessToken !== accessToken || old.account.label !== account.label);
      });
      if (added.length + removed.length + changed.length > 0) {
        this.#changed.fire({ added, removed, changed });
      }
      return now;
    });
  }

  async #sessions(): Promise<AuthenticationSession[]> {
    const { session, state, log } = this.#options;
    await session.whenStarted();
    const { accounts } = session;
    const sessions = await Promise.all(
      accounts.map(async (account): Promise<AuthenticationSession | undefined> => {
        try {
          const accessToken = await session.keyOf(account);
          const label = offeredLabel(state, account, accounts);
          return accessToken === undefined
            ? undefined
            : { id: accountId(account), accessToken, account: accountOf(account, label), scopes: [SCOPE] };
        } catch (error) {
          log(`Could not read the API key of an account: ${String(error)}`);
          return undefined;
        }
      }),
    );
    return sessions.filter((found) => found !== undefined);
  }
}

function accountOf(account: Account, label: string) {
  return { id: accountId(account), label };
}
