import type { CallOptions } from '../../api/transport/connect.ts';
import type { Retry } from '../../api/transport/retry.ts';

/** Which calls of a load are being tried again. */
export class RetryTracker {
  readonly #signal: AbortSignal;
  readonly #changed: () => void;
  readonly #running = new Set<{ readonly retry: Retry }>();

  constructor(signal: AbortSignal, changed: () => void) {
    this.#signal = signal;
    this.#changed = changed;
  }

  /** The one to tell a person of: one whose time the API has named, else the latest; undefined where all is well. */
  get current(): Retry | undefined {
    const retries = [...this.#running].map(({ retry }) => retry);
    return retries.find(({ askedFor }) => askedFor) ?? retries.at(-1);
  }

  /** Runs calls, one after another, while watching whether they are tried again. */
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
      return await calls({ signal: this.#signal, onRetry: follow });
    } finally {
      // Without a word: what the calls came to says more than that they are tried again no more.
      if (own !== undefined) {
        this.#running.delete(own);
      }
    }
  }
}
