import pLimit from 'p-limit';
import type { SessionStore } from '../account/session.ts';
import type { RunnerSchema } from '../api/runnerSchema.ts';
import { isNetworkProblem, OnaApiError } from '../api/transport/errors.ts';
import { isUuid } from '../api/transport/limits.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { type Clocks, Stopwatch } from '../base/stopwatch.ts';
import { traceOf } from '../base/traceOf.ts';
import { type Held, PerConnection } from './perConnection.ts';

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
  readonly #answers: PerConnection<Map<string, Answer>>;
  readonly #limit = pLimit(MAX_REQUESTS);

  constructor(options: RunnerSchemasOptions) {
    this.#options = options;
    this.#answers = new PerConnection(
      options.session,
      () => new Map<string, Answer>(),
      () => this.#changed.fire(),
    );
  }

  /**
   * Asks for the runner's schema unless it has been asked for. After a failure that may be temporary, it may be asked for
   * again a few seconds later.
   *
   * @param runnerId nothing happens unless it is a UUID
   */
  request(runnerId: string): void {
    const held = this.#answers.hold();
    if (held === undefined || !isUuid(runnerId) || !mayAsk(held.value.get(runnerId))) {
      return;
    }
    held.value.set(runnerId, { kind: 'loading' });
    // The session may have changed before its turn.
    void this.#limit(() => (held.signal.aborted ? undefined : this.#ask(held, runnerId)));
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
    this.#answers.dispose();
    this.#changed.dispose();
  }

  #answerOf(runnerId: string): Answer | undefined {
    return this.#answers.value?.get(runnerId);
  }

  async #ask(
    { connection, value: answers, signal }: Held<Map<string, Answer>>,
    runnerId: string,
  ): Promise<void> {
    const options = { signal, isInteractive: true };
    const answer = await connection.client.getRunnerConfigurationSchema(runnerId, options).then(
      (schema): Answer => ({ kind: 'known', schema }),
      (error: unknown): Answer => ({ kind: 'failed', error, since: new Stopwatch(this.#options.clocks) }),
    );
    if (signal.aborted) {
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
