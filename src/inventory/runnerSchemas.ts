import pLimit from 'p-limit';
import type { SessionStore } from '../account/session.ts';
import type { Connection } from '../account/sessionState.ts';
import type { RunnerSchema } from '../api/runnerSchema.ts';
import { isNetworkProblem, OnaApiError } from '../api/transport/errors.ts';
import { isUuid } from '../api/transport/limits.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { type Clocks, Stopwatch } from '../base/stopwatch.ts';
import { traceOf } from '../base/traceOf.ts';

export interface RunnerSchemasOptions {
  readonly session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  /** Receives one line about each failure, free of secrets. */
  readonly log: (line: string) => void;
  readonly clocks?: Clocks;
}

/** How many run at once. They do not wait for a load, so they must leave it some places. */
const MAX_REQUESTS = 4;

/**
 * Milliseconds before a runner is asked again after a failure. A view that asks whenever it is drawn, and is drawn again
 * after each answer, would otherwise ask forever.
 */
const PAUSE_MS = 5_000;

type Answer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly schema: RunnerSchema }
  /** Unless it is an `OnaApiError`, the error is a bug in the extension. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly since: Stopwatch };

/** What runners could offer. Each runner is asked once in a session, when somebody wants to know. */
export class RunnerSchemas implements Disposable {
  readonly #options: RunnerSchemasOptions;
  readonly #changed = new Emitter<void>();
  /** Fires when a schema or a failure has arrived, and when a change of session has made all of them void. */
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  readonly #limit = pLimit(MAX_REQUESTS);
  #connection: Connection | undefined;
  #answers = new Map<string, Answer>();
  #abort = new AbortController();

  constructor(options: RunnerSchemasOptions) {
    this.#options = options;
    this.#connection = options.session.connection;
    this.#listener = options.session.onDidChange(() => this.#followSession());
  }

  /**
   * Asks for the runner's schema unless it has been asked for. After a failure that may be temporary, it may be asked for
   * again a few seconds later.
   *
   * @param runnerId nothing happens unless it is a UUID
   */
  request(runnerId: string): void {
    this.#followSession();
    const connection = this.#connection;
    if (connection === undefined || !isUuid(runnerId) || !mayAsk(this.#answers.get(runnerId))) {
      return;
    }
    this.#answers.set(runnerId, { kind: 'loading' });
    void this.#limit(() => this.#ask(connection, runnerId));
  }

  /** Undefined if the runner has not been asked, has not answered yet, or could not be asked. */
  of(runnerId: string): RunnerSchema | undefined {
    const answer = this.#answerOf(runnerId);
    return answer?.kind === 'known' ? answer.schema : undefined;
  }

  /** Why there is no schema, if the API or the network is the reason. */
  failureOf(runnerId: string): OnaApiError | undefined {
    const answer = this.#answerOf(runnerId);
    return answer?.kind === 'failed' && answer.error instanceof OnaApiError ? answer.error : undefined;
  }

  isLoading(runnerId: string): boolean {
    return this.#answerOf(runnerId)?.kind === 'loading';
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
    this.#forget(undefined);
  }

  #answerOf(runnerId: string): Answer | undefined {
    return this.#isCurrent() ? this.#answers.get(runnerId) : undefined;
  }

  /** The session may have changed without its listeners having been called yet. */
  #isCurrent(): boolean {
    return this.#options.session.connection === this.#connection;
  }

  #followSession(): void {
    if (!this.#isCurrent()) {
      const hadAny = this.#answers.size > 0;
      this.#forget(this.#options.session.connection);
      if (hadAny) {
        this.#changed.fire();
      }
    }
  }

  #forget(connection: Connection | undefined): void {
    this.#connection = connection;
    this.#answers = new Map();
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #ask(connection: Connection, runnerId: string): Promise<void> {
    const answers = this.#answers;
    const { signal } = this.#abort;
    if (connection !== this.#connection) {
      return;
    }
    const options = { signal, isInteractive: true };
    const answer = await connection.client.getRunnerConfigurationSchema(runnerId, options).then(
      (schema): Answer => ({ kind: 'known', schema }),
      (error: unknown): Answer => ({ kind: 'failed', error, since: new Stopwatch(this.#options.clocks) }),
    );
    if (answers !== this.#answers) {
      // The session has changed in the meantime.
      return;
    }
    answers.set(runnerId, answer);
    if (answer.kind === 'failed') {
      const { error } = answer;
      const cause = error instanceof OnaApiError ? error.message : traceOf(error);
      this.#options.log(`No configuration schema of runner ${runnerId}: ${cause}`);
    }
    this.#changed.fire();
  }
}

function mayAsk(answer: Answer | undefined): boolean {
  if (answer?.kind !== 'failed') {
    return answer === undefined;
  }
  const { error, since } = answer;
  return error instanceof OnaApiError && isTemporary(error) && since.elapsedMs >= PAUSE_MS;
}

/** Unlike a refusal, which the next request would meet too. */
function isTemporary({ problem }: OnaApiError): boolean {
  return isNetworkProblem(problem) || ['unavailable', 'limit', 'canceled'].includes(problem);
}
