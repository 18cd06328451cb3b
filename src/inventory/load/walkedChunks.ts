import type { CallOptions } from '../../api/transport/connect.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import type { Page } from '../../api/transport/paging.ts';
import { ChunkQueue } from './chunkQueue.ts';
import type { IntegrationList, ReadOutcome } from './integrationList.ts';
import type { KnownChunks } from './knownChunks.ts';

/**
 * Milliseconds that the plain walk waits for chunks of known runners, which take about a second if there are 100 of
 * them. If they hang, it goes on.
 */
const MAX_WAIT_MS = 3000;

export interface WalkedChunksOptions {
  readonly integrations: Pick<IntegrationList, 'read'>;
  /**
   * Receives the outcome of a chunk.
   *
   * @returns how many integrations its runners have; undefined if that is not known
   */
  readonly onEnd: (
    runnerIds: readonly string[],
    outcome: ReadOutcome,
    chunks: ChunkQueue,
  ) => number | undefined;
}

/** The chunks of runners that a load reads alongside the plain walk of the integrations. */
export class WalkedChunks {
  readonly queue: ChunkQueue;
  readonly #options: WalkedChunksOptions;
  /** Aborts attempts that no longer matter. */
  readonly #overtaken = new AbortController();
  /** Whether chunks that arrive now change nothing. */
  #isOver = false;
  /** Whether the walk has read a page. */
  #hasPage = false;
  /** Resolves when the walk has read a page, or has failed. */
  readonly #whenPageTried: Promise<void>;
  #resolvePageTried: () => void = () => undefined;
  #whenWalkMayGoOn: Promise<void> = Promise.resolve();

  constructor(options: WalkedChunksOptions) {
    this.#options = options;
    this.queue = new ChunkQueue((runnerIds) => this.#load(runnerIds));
    this.#whenPageTried = new Promise((resolve) => (this.#resolvePageTried = resolve));
  }

  /** As `ChunkQueue.beginKnown`. Without any chunk, the first page of the walk says how large they should be. */
  beginKnown(known: KnownChunks): void {
    if (known.chunks.length === 0) {
      return;
    }
    const sent = this.queue.beginKnown(known);
    this.#whenWalkMayGoOn = new Promise((resolve) => {
      const timer = setTimeout(resolve, MAX_WAIT_MS);
      void sent.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Call for each page of the walk. */
  addPage({ items, nextToken }: Page<ScmIntegration>): void {
    if (!this.#hasPage && nextToken !== undefined && !this.queue.hasBegun) {
      this.queue.begin(integrationsPerRunner(items));
    }
    this.#hasPage = true;
    this.#resolvePageTried();
  }

  /**
   * Resolves when the walk may read its next page. The walk proves that nothing is missing, which nobody waits for.
   * What people wait for are the chunks of known runners, which need its place in the request gate.
   */
  get whenWalkMayGoOn(): Promise<void> {
    return this.#whenWalkMayGoOn;
  }

  /** Call when the walk has failed. What has begun goes on, unless the walk has not even read a page. */
  failWalk(): void {
    if (!this.#hasPage || !this.queue.hasBegun) {
      this.end();
      // Some may still wait for a place in the request gate. Others would keep the next load from theirs.
      this.abort();
    }
  }

  /** Sends no further requests. Those in flight change nothing. */
  end(): void {
    this.#isOver = true;
    this.#resolvePageTried();
    this.queue.stop();
  }

  /** Aborts all requests in flight. This closes their connections. */
  abort(): void {
    this.#overtaken.abort();
  }

  async #load(runnerIds: readonly string[]): Promise<number | undefined> {
    const read = (early: AbortController) =>
      this.#options.integrations.read(runnerIds, {
        // What the plain list does not contain later is asked for again.
        isProof: false,
        callOptions: (options) => this.#callOptions(options, early),
        isOver: () => this.#isOver,
      });
    const early = new AbortController();
    let outcome = await read(early);
    if (outcome.error !== undefined && (early.signal.aborted || !this.#hasPage)) {
      // The API may be down. Do not try again, or blame single runners, before it has answered.
      await this.#whenPageTried;
      outcome = this.#isOver ? outcome : await read(new AbortController());
    }
    return this.#isOver ? undefined : this.#options.onEnd(runnerIds, outcome, this.queue);
  }

  /** @param early aborted instead of a retry before the walk has a page */
  #callOptions({ signal, onRetry, ...options }: CallOptions, early: AbortController): CallOptions {
    return {
      ...options,
      isMovable: true,
      signal: AbortSignal.any([signal, this.#overtaken.signal, early.signal]),
      onRetry: (retry) => {
        if (this.#isOver) {
          this.abort();
        } else if (this.#hasPage) {
          onRetry?.(retry);
        } else {
          early.abort();
        }
      },
    };
  }
}

/** Estimated from one page. */
function integrationsPerRunner(integrations: readonly ScmIntegration[]): number {
  return integrations.length / Math.max(1, new Set(integrations.map(({ runnerId }) => runnerId)).size);
}
