import type { SessionStore } from '../account/session.ts';
import { isNetworkProblem, OnaApiError } from '../api/transport/errors.ts';
import { isUuid } from '../api/transport/limits.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { traceOf } from '../base/traceOf.ts';
import type { IntegrationEntry } from './groups.ts';
import { type Held, PerConnection } from './perConnection.ts';

export interface InheritedLookupsOptions {
  readonly session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  /** Receives one line about each failure, free of secrets. */
  readonly log: (line: string) => void;
}

/** Ids of integrations. */
interface Lookups {
  readonly asked: Set<string>;
  readonly inherited: Set<string>;
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
  readonly #lookups: PerConnection<Lookups>;

  constructor(options: InheritedLookupsOptions) {
    this.#options = options;
    this.#lookups = new PerConnection(
      options.session,
      () => ({ asked: new Set(), inherited: new Set() }),
      () => this.#changed.fire(),
    );
  }

  /** Asks, unless that is known: what has no UUID is inherited, and only runners that Ona operates inherit. */
  request({ integration: { id }, managed }: IntegrationEntry): void {
    const held = managed && isUuid(id) ? this.#lookups.hold() : undefined;
    if (held !== undefined && !held.value.asked.has(id)) {
      held.value.asked.add(id);
      void this.#ask(held, id);
    }
  }

  /** Whether the API has said so. */
  has({ integration: { id } }: IntegrationEntry): boolean {
    return this.#lookups.value?.inherited.has(id) ?? false;
  }

  dispose(): void {
    this.#lookups.dispose();
    this.#changed.dispose();
  }

  async #ask({ connection, value: lookups, signal }: Held<Lookups>, id: string): Promise<void> {
    try {
      await connection.client.getScmIntegration(id, { signal, isInteractive: true });
    } catch (error) {
      // The session may have changed in the meantime.
      if (!signal.aborted) {
        this.#learn(error, lookups, id);
      }
    }
  }

  #learn(error: unknown, { asked, inherited }: Lookups, id: string): void {
    const failure = error instanceof OnaApiError ? error : undefined;
    if (failure?.code === 'not_found') {
      inherited.add(id);
      this.#changed.fire();
      return;
    }
    if (failure !== undefined && isNetworkProblem(failure.problem)) {
      // This fires no change, so the details do not ask again before they are drawn for another reason.
      asked.delete(id);
    }
    const cause = failure?.message ?? traceOf(error);
    this.#options.log(`Whether the integration ${id} is inherited is not known: ${cause}`);
  }
}
