import { OnaApiError } from '../api/transport/errors.ts';
import type { Account } from './account.ts';
import { identify } from './identity.ts';
import type { Connection } from './sessionState.ts';

/** Finds out in the background which account a connection's key belongs to. One connection at a time. */
export class Identification {
  readonly #log: (line: string) => void;
  #abort = new AbortController();
  #done: Promise<void> = Promise.resolve();

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
  start({ apiUrl, client }: Connection, found: (account: Account | undefined) => Promise<void>): void {
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    this.#done = identify(apiUrl, client, { signal })
      .then((account) => (signal.aborted ? undefined : found(account)))
      .catch((error: unknown) => {
        // The lists, requested with the same key, show what is wrong. Only the title lacks a name.
        if (!(error instanceof OnaApiError)) {
          this.#log(`Could not identify the account: ${String(error)}`);
        }
      });
  }

  stop(): void {
    this.#abort.abort();
  }
}
