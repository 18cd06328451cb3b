import { OnaApiError } from '../api/transport/errors.ts';
import type { Account } from './account.ts';
import { identify } from './identity.ts';
import type { Connection } from './sessionState.ts';

/** Finds out in the background which account a connection's key belongs to. One connection at a time. */
export class Identification {
  readonly #log: (line: string) => void;
  #abort = new AbortController();
  #done: Promise<void> = Promise.resolve();
  /** Starts the last identification again if it has failed; undefined otherwise. */
  #again: (() => void) | undefined;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** Settles when the last identification has ended. */
  get done(): Promise<void> {
    return this.#done;
  }

  /**
   * @param found called unless stopped first; gets undefined if the key does not belong to an organization
   */
  start(connection: Connection, found: (account: Account | undefined) => Promise<void>): void {
    this.stop();
    const { apiUrl, client } = connection;
    const { signal } = (this.#abort = new AbortController());
    this.#done = identify(apiUrl, client, { signal })
      .then((account) => (signal.aborted ? undefined : found(account)))
      .catch((error: unknown) => {
        if (!signal.aborted) {
          this.#again = () => this.start(connection, found);
        }
        // The lists, requested with the same key, show what is wrong. Only the title lacks a name.
        if (!(error instanceof OnaApiError)) {
          this.#log(`Could not identify the account: ${String(error)}`);
        }
      });
  }

  /** Tries again if the last identification has failed. */
  retry(): void {
    this.#again?.();
  }

  stop(): void {
    this.#again = undefined;
    this.#abort.abort();
  }
}
