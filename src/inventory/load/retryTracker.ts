import type { CallOptions } from '../../api/transport/connect.ts';
import { MAX_LOAD_MB } from '../../api/transport/limits.ts';
import type { Retry } from '../../api/transport/retry.ts';

/** The calls of a load: which of them are being retried, and what their responses may still have. */
export class RetryTracker {
  readonly #signal: AbortSignal;
  readonly #changed: () => void;
  readonly #budget = { bytesLeft: MAX_LOAD_MB * 2 ** 20 };
  readonly #running = new Set<{ readonly retry: Retry }>();

  constructor(signal: AbortSignal, changed: () => void) {
    this.#signal = signal;
    this.#changed = changed;
  }

  /** The retry to show: one whose time the API named, otherwise the latest; undefined if there is none. */
  get current(): Retry | undefined {
    const retries = [...this.#running].map(({ retry }) => retry);
    return retries.find(({ askedFor }) => askedFor) ?? retries.at(-1);
  }

  /** Runs sequential calls and tracks their retries. */
  async watch<T>(calls: (options: CallOptions) => Promise<T>): Promise<T> {
    let own: { readonly retry: Retry } | undefined;
    const follow = (retry: Retry | undefined) => {
      if (own !== undefined) {
        this.#running.delete(own);
      }
      own = retry && { retry };
      if (own !== undefined) {
        this.#running.add(own);
      }
      this.#changed();
    };
    try {
      return await calls({ signal: this.#signal, onRetry: follow, budget: this.#budget });
    } finally {
      // Not reported as a change: the outcome of the calls says more than the end of their retries.
      if (own !== undefined) {
        this.#running.delete(own);
      }
    }
  }
}
