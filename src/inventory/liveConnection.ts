import type { OnaClient } from '../api/onaClient.ts';
import type { Disposable } from '../base/event.ts';
import type { LiveUpdates, LiveUpdatesOptions } from './live/liveUpdates.ts';

/** The part of a connection that events come from. */
export interface StreamSource {
  readonly client: Pick<OnaClient, 'watchEvents'>;
}

/** The live updates of the current connection. Their code is loaded once they are first wanted. */
export class LiveConnection implements Disposable {
  readonly #current: () => StreamSource | undefined;
  readonly #options: Omit<LiveUpdatesOptions, 'client'>;
  #source: StreamSource | undefined;
  #updates: LiveUpdates | undefined;
  #isWanted = false;
  #isDisposed = false;

  /** @param current the connection; undefined if nobody is signed in */
  constructor(current: () => StreamSource | undefined, options: Omit<LiveUpdatesOptions, 'client'>) {
    this.#current = current;
    this.#options = options;
  }

  /** Call whenever the connection, or whether a stream is wanted, may have changed. */
  follow(isWanted: boolean): void {
    const source = this.#current();
    this.#isWanted = isWanted;
    if (source !== this.#source) {
      this.reset();
      this.#source = source;
    }
    if (this.#updates !== undefined) {
      this.#updates.setWanted(isWanted);
    } else if (isWanted && source !== undefined) {
      void this.#create(source);
    }
  }

  /** Ends the stream, and forgets what is known of it: the next one may work. */
  reset(): void {
    this.#updates?.dispose();
    this.#updates = undefined;
  }

  /** Call when the machine may have slept. */
  restart(): void {
    this.#updates?.restart();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#updates?.dispose();
  }

  async #create(source: StreamSource): Promise<void> {
    const { LiveUpdates } = await import('./live/liveUpdates.ts');
    if (this.#updates === undefined && !this.#isDisposed && this.#source === source) {
      this.#updates = new LiveUpdates({ ...this.#options, client: source.client });
      this.#updates.setWanted(this.#isWanted);
    }
  }
}
