import { type Account, accountFingerprint, accountId, isSameAccount } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import type { Connection } from '../account/sessionState.ts';
import type { Disposable } from '../base/event.ts';
import type { CheckStore } from './checkStore.ts';
import type { AnswersOwner } from './keptAnswer.ts';
import { KeptAnswers, type KeptAnswersOptions } from './keptAnswers.ts';

export interface AnswerKeeperOptions {
  readonly session: Pick<SessionStore, 'connection' | 'account' | 'onDidChange'>;
  readonly store: CheckStore;
  readonly kept: KeptAnswersOptions;
}

/**
 * During a run, answers are written once there are this many new ones, or as many as were written before: a file with
 * thousands takes time to write. At the end of the run, all are written.
 */
const MANY = 50;

/**
 * Gives the store the answers of earlier windows once the owner of the key is known, and keeps its answers for the next
 * window. They are those of one key: with another key of the same account, the earlier ones are deleted.
 */
export class AnswerKeeper implements Disposable {
  readonly #options: AnswerKeeperOptions;
  readonly #files: KeptAnswers;
  readonly #listeners: readonly Disposable[];
  #connection: Connection | undefined;
  /** Of the connection, once it is known. */
  #account: Account | undefined;
  /** Whether the file of the connection's account was read. */
  #isRead = false;
  /** How many of the store's answers were written. */
  #written = 0;
  #isWriting = false;

  constructor(options: AnswerKeeperOptions) {
    const { session, store, kept } = options;
    this.#options = options;
    this.#files = new KeptAnswers(kept);
    this.#listeners = [
      session.onDidChange(() => this.#follow()),
      store.onDidChange(() => void this.#write()),
    ];
    this.#follow();
  }

  /** @param fingerprints `accountFingerprint` of each account */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#files.forget(fingerprints);
  }

  dispose(): void {
    this.#listeners.forEach((listener) => listener.dispose());
  }

  #follow(): void {
    const { connection, account } = this.#options.session;
    if (connection !== this.#connection) {
      // A window that starts over with the same key has the same sign-in.
      const isOtherKey =
        isSameAccount(this.#account, account) && this.#account?.sequence !== account?.sequence;
      if (isOtherKey && account !== undefined) {
        void this.forget([accountFingerprint(accountId(account))]);
      }
      this.#connection = connection;
      this.#isRead = false;
      this.#written = 0;
    }
    this.#account = account;
    const owner = this.#owner();
    if (connection !== undefined && owner !== undefined && !this.#isRead) {
      this.#isRead = true;
      void this.#read(connection, owner);
    }
    void this.#write();
  }

  async #read(connection: Connection, owner: AnswersOwner): Promise<void> {
    const answers = await this.#files.read(owner);
    if (this.#options.session.connection === connection) {
      this.#options.store.takeOver(answers);
    }
  }

  /** Writes the answers that have arrived, and those that arrive in the meantime. */
  async #write(): Promise<void> {
    if (this.#isWriting) {
      return;
    }
    this.#isWriting = true;
    const { store } = this.#options;
    for (let owner = this.#owner(); owner !== undefined; owner = this.#owner()) {
      const { answered, running } = store;
      const fresh = answered - this.#written;
      if (fresh === 0 || (running > 0 && fresh < Math.max(MANY, this.#written))) {
        break;
      }
      this.#written = answered;
      await this.#files.write(owner, store.kept());
    }
    this.#isWriting = false;
  }

  /** Undefined if it is not known whose the answers are. */
  #owner(): AnswersOwner | undefined {
    const { connection, account } = this.#options.session;
    const { origin, organizationId, subjectId } = account ?? {};
    return connection === this.#connection &&
      origin !== undefined &&
      organizationId !== undefined &&
      subjectId !== undefined
      ? { origin, organizationId, subjectId }
      : undefined;
  }
}
