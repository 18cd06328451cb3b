import type { Account } from './account.ts';
import type { Answer } from './askForAccount.ts';
import type { Connection } from './sessionState.ts';

export interface IdentificationOptions {
  /** The accounts whose names are known, in case the API does not return them. */
  readonly known: () => readonly Account[];
  readonly log: (line: string) => void;
}

/**
 * Finds out in the background which account a connection's key belongs to, and what its organization and user are called.
 * One connection at a time.
 */
export class Identification {
  readonly #options: IdentificationOptions;
  #abort = new AbortController();
  #done: Promise<void> = Promise.resolve();
  /** Asks the API; undefined while that runs, and once everything is known. */
  #ask: (() => Promise<void>) | undefined;
  #problem: Answer['problem'];

  constructor(options: IdentificationOptions) {
    this.#options = options;
  }

  /** Settles when the API has been asked. */
  get done(): Promise<void> {
    return this.#done;
  }

  /** Why the account is not known; undefined if it is, or if the API has not been asked yet. */
  get problem(): Answer['problem'] {
    return this.#problem;
  }

  /**
   * Prepares to ask about a connection.
   *
   * @param found called unless stopped first
   */
  plan(connection: Connection, found: (account: Account) => Promise<void>): void {
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    const ask = async () => {
      this.#ask = undefined;
      const { askForAccount } = await import('./askForAccount.ts');
      const { account, problem, isComplete } = await askForAccount(connection, signal, this.#options);
      if (!signal.aborted) {
        this.#problem = problem;
        this.#ask = isComplete ? undefined : ask;
        await (account && found(account));
      }
    };
    this.#ask = ask;
  }

  /** Asks, or asks again, unless that runs or everything is known. */
  ask(): void {
    if (this.#ask !== undefined) {
      this.#done = this.#ask().catch((error: unknown) => {
        this.#options.log(`Could not identify the account: ${String(error)}`);
      });
    }
  }

  stop(): void {
    this.#ask = undefined;
    this.#problem = undefined;
    this.#abort.abort();
  }
}
