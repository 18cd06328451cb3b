import type { SessionStore } from '../account/session.ts';
import type { Connection } from '../account/sessionState.ts';
import { isNetworkProblem, OnaApiError } from '../api/transport/errors.ts';
import { isUuid } from '../api/transport/limits.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { traceOf } from '../base/traceOf.ts';
import type { IntegrationEntry } from './groups.ts';

export interface InheritedLookupsOptions {
  readonly session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  /** Receives one line about each failure, free of secrets. */
  readonly log: (line: string) => void;
}

/**
 * Which integrations on runners that Ona operates are inherited: lists have them, but they have no resource of their own
 * (API reference, section 3). The API is asked once in a session about each, unless the network fails.
 */
export class InheritedLookups implements Disposable {
  readonly #options: InheritedLookupsOptions;
  readonly #changed = new Emitter<void>();
  /** Fires when an integration turns out to be inherited, and when a change of session has made that void. */
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #connection: Connection | undefined;
  /** The ids that were asked about, and those of them that are inherited. */
  #asked = new Set<string>();
  #inherited = new Set<string>();
  #abort = new AbortController();

  constructor(options: InheritedLookupsOptions) {
    this.#options = options;
    this.#connection = options.session.connection;
    this.#listener = options.session.onDidChange(() => this.#followSession());
  }

  /** Asks, unless that is known: what has no UUID is inherited, and only runners that Ona operates inherit. */
  request({ integration: { id }, managed }: IntegrationEntry): void {
    this.#followSession();
    const connection = this.#connection;
    if (managed && isUuid(id) && connection !== undefined && !this.#asked.has(id)) {
      this.#asked.add(id);
      void this.#ask(connection, id);
    }
  }

  /** Whether the API has said so. */
  has({ integration: { id } }: IntegrationEntry): boolean {
    return this.#isCurrent() && this.#inherited.has(id);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
    this.#forget(undefined);
  }

  async #ask(connection: Connection, id: string): Promise<void> {
    const inherited = this.#inherited;
    let failure: unknown;
    try {
      await connection.client.getScmIntegration(id, { signal: this.#abort.signal, isInteractive: true });
    } catch (error) {
      failure = error;
    }
    // The session may have changed in the meantime.
    if (failure === undefined || inherited !== this.#inherited) {
      return;
    }
    if (failure instanceof OnaApiError && failure.code === 'not_found') {
      inherited.add(id);
      this.#changed.fire();
    } else {
      if (failure instanceof OnaApiError && isNetworkProblem(failure.problem)) {
        // This fires no change, so the details do not ask again before they are drawn for another reason.
        this.#asked.delete(id);
      }
      const cause = failure instanceof OnaApiError ? failure.message : traceOf(failure);
      this.#options.log(`Whether the integration ${id} is inherited is not known: ${cause}`);
    }
  }

  /** The session may have changed without its listeners having been called yet. */
  #isCurrent(): boolean {
    return this.#options.session.connection === this.#connection;
  }

  #followSession(): void {
    if (!this.#isCurrent()) {
      const hadAny = this.#inherited.size > 0;
      this.#forget(this.#options.session.connection);
      if (hadAny) {
        this.#changed.fire();
      }
    }
  }

  #forget(connection: Connection | undefined): void {
    this.#connection = connection;
    this.#asked = new Set();
    this.#inherited = new Set();
    this.#abort.abort();
    this.#abort = new AbortController();
  }
}
