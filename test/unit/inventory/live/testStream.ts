import type { ResourceEvent } from '../../../../src/api/events.ts';
import type { StreamOptions } from '../../../../src/api/transport/connectStream.ts';
import { OnaApiError, type OnaApiErrorOptions } from '../../../../src/api/transport/errors.ts';

/** The time that the code under test needs for its promises, without any timer. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

interface Attempt {
  readonly options: StreamOptions;
  readonly waiting: ResourceEvent[];
  wake: () => void;
  end: { readonly error?: OnaApiError } | undefined;
}

/** A stream of events that the test controls. */
export class TestStream {
  /** How often a stream was opened. */
  opened = 0;
  /** How many are open at the same time, or being opened. */
  running = 0;
  #last: Attempt | undefined;

  async *watchEvents(options: StreamOptions): AsyncGenerator<ResourceEvent, void, undefined> {
    this.opened++;
    this.running++;
    const attempt: Attempt = { options, waiting: [], wake: () => undefined, end: undefined };
    this.#last = attempt;
    const abort = () => {
      attempt.end = { error: errorOf({ problem: 'canceled', code: 'canceled' }) };
      attempt.wake();
    };
    options.signal.addEventListener('abort', abort);
    try {
      for (;;) {
        while (attempt.waiting.length === 0 && attempt.end === undefined) {
          await new Promise<void>((resolve) => (attempt.wake = resolve));
        }
        const event = attempt.waiting.shift();
        if (event !== undefined) {
          yield event;
        } else if (attempt.end?.error !== undefined) {
          throw attempt.end.error;
        } else {
          return;
        }
      }
    } finally {
      this.running--;
      options.signal.removeEventListener('abort', abort);
    }
  }

  /** The API accepts the last stream. */
  async accept(): Promise<void> {
    this.#last?.options.onOpen?.();
    await settled();
  }

  async send(...events: Partial<ResourceEvent>[]): Promise<void> {
    const filled = events.map((event) => ({
      operation: 'RESOURCE_OPERATION_UPDATE',
      resourceType: 'RESOURCE_TYPE_RUNNER',
      resourceId: '',
      ...event,
    }));
    this.#last?.waiting.push(...filled);
    this.#last?.wake();
    await settled();
  }

  keepAlive(): Promise<void> {
    return this.send({ resourceType: 'RESOURCE_TYPE_UNSPECIFIED' });
  }

  /** The API ends the last stream. */
  async end(problem?: Pick<OnaApiErrorOptions, 'problem' | 'code' | 'retryAfterMs'>): Promise<void> {
    if (this.#last !== undefined) {
      this.#last.end = problem === undefined ? {} : { error: errorOf(problem) };
      this.#last.wake();
    }
    await settled();
  }

  /** Nothing arrives for so long that the stream counts as dead. */
  fallSilent(): Promise<void> {
    return this.end({ problem: 'timeout', code: 'deadline_exceeded' });
  }
}

function errorOf(problem: Pick<OnaApiErrorOptions, 'problem' | 'code' | 'retryAfterMs'>): OnaApiError {
  return new OnaApiError({ ...problem, method: 'WatchEvents', host: 'api.example' });
}
