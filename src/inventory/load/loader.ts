import type { CallOptions } from '../../api/transport/connect.ts';
import { OnaApiError } from '../../api/transport/errors.ts';
import { isUuid } from '../../api/transport/limits.ts';
import type { OnaClient } from '../../api/onaClient.ts';
import type { Page } from '../../api/transport/paging.ts';
import type { Retry } from '../../api/transport/retry.ts';
import type { Runner } from '../../api/runners.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { byRunner } from '../byRunner.ts';
import { Completeness } from './completeness.ts';
import { MergedLeftOut } from './mergedLeftOut.ts';
import { MergedList } from './mergedList.ts';
import { integrationKey, runnerKey } from './integrationKey.ts';
import type { InventoryData } from '../model.ts';
import { RetryTracker } from './retryTracker.ts';
import { ChunkQueue } from './chunkQueue.ts';
import { inSlices } from '../../base/slices.ts';

export interface LoadOptions {
  /** Cancels the load. Its outcome then has the problem `canceled`. */
  readonly signal: AbortSignal;
  /** Called when `data` or `retry` may have changed. */
  readonly onChange: () => void;
}

/** How a load ended. */
export interface LoadOutcome {
  /** The first failure of a list; undefined if both lists were read to the end. */
  readonly error: OnaApiError | undefined;
  /** Whether the integrations of every listed runner have arrived despite an error; only others may be missing. */
  readonly mayBeIncomplete: boolean;
}

export type ListClient = Pick<OnaClient, 'listRunners' | 'listScmIntegrations' | 'getRunner'>;

/** If there are more runners, they are not read one by one: their rows stay as the last list had them. */
const MAX_SINGLE_RUNNERS = 4;

/**
 * One load. The plain plan requests both lists at once and walks their pages. The parallel plan does the same. If the
 * integrations have more than one page, it also requests those of the listed runners in chunks, which arrive sooner.
 * The plain walk then proves that nothing is missing, and adds integrations that no listed runner owns.
 */
export class Loader {
  readonly #client: ListClient;
  readonly #previous: InventoryData;
  #previousByRunner: ReadonlyMap<string, readonly ScmIntegration[]> = new Map();
  readonly #changed: () => void;
  readonly #retryTracker: RetryTracker;
  readonly #runners: MergedList<Runner>;
  readonly #integrations: MergedList<ScmIntegration>;
  readonly #leftOut: MergedLeftOut;
  /** Resolves when the previous rows are indexed, usually while the first requests are in flight. */
  readonly #indexed: Promise<void>;
  readonly #completeness: Completeness;
  readonly #overtaken = new AbortController();

  /** @param previous the last good rows, which stay until the requested ones have arrived */
  constructor(client: ListClient, previous: InventoryData, { signal, onChange }: LoadOptions) {
    this.#client = client;
    this.#previous = previous;
    this.#completeness = new Completeness(previous);
    this.#changed = onChange;
    this.#retryTracker = new RetryTracker(signal, onChange);
    this.#runners = new MergedList(previous.runners, runnerKey);
    this.#integrations = new MergedList(previous.integrations, integrationKey);
    this.#leftOut = new MergedLeftOut(previous.leftOut);
    this.#indexed = inSlices(this.#index());
  }

  /** Fresh rows merged into the previous ones; the same object while nothing changes. */
  get data(): InventoryData {
    const lists = { runners: this.#runners.items(), integrations: this.#integrations.items() };
    return this.#completeness.dataOf(lists, this.#leftOut.current);
  }

  /** The failed attempt that will be retried; undefined if there is none. */
  get retry(): Retry | undefined {
    return this.#retryTracker.current;
  }

  /** @throws only errors that are bugs in the extension: an API failure is part of the outcome */
  async everything(plan: 'parallel' | 'plain'): Promise<LoadOutcome> {
    const chunks: ChunkQueue = new ChunkQueue((runnerIds) => this.#loadChunk(runnerIds, chunks));
    if (plan === 'plain') {
      chunks.stop();
    }
    const [runnersError, integrationsError] = await Promise.all([
      this.#walkRunners(chunks),
      this.#walkIntegrations(chunks),
    ]);
    await chunks.done;
    // Redundant chunks may still be in flight. Abort them only if one is being retried: aborting closes connections.
    if (this.retry !== undefined) {
      this.#overtaken.abort();
    }
    return {
      error: runnersError ?? integrationsError,
      mayBeIncomplete: runnersError === undefined && this.#completeness.isLoaded(this.data.runners),
    };
  }

  /** Reloads the integrations of some runners and, if there are few, the runners. @throws as `everything` does */
  async ofRunners(runnerIds: readonly string[]): Promise<undefined> {
    this.#completeness.setRunnersRead();
    const chunks: ChunkQueue = new ChunkQueue((some) => this.#loadChunk(some, chunks));
    chunks.add(runnerIds);
    chunks.begin(1);
    chunks.end();
    const single = runnerIds.length > MAX_SINGLE_RUNNERS ? [] : runnerIds.filter(isUuid);
    await Promise.all([chunks.done, ...single.map((id) => this.#readRunner(id))]);
  }

  *#index(): Generator<void, void, undefined> {
    this.#previousByRunner = yield* byRunner(this.#previous.integrations);
    const listed = this.#previous.runners.map(({ id }) => id);
    this.#completeness.setPreviousRunners(new Set([...listed, ...this.#previousByRunner.keys()]));
    yield;
    yield* this.#runners.index();
    yield* this.#integrations.index();
    yield* this.#leftOut.index();
  }

  async #walkRunners(chunks: ChunkQueue): Promise<OnaApiError | undefined> {
    const error = await this.#walk(
      'runners',
      (options) => this.#client.listRunners(options),
      ({ items }) => {
        this.#runners.add(items);
        chunks.add(items.map(({ id }) => id));
      },
    );
    if (error === undefined) {
      await inSlices(this.#runners.dropUnseen(this.#previous.runners));
      await inSlices(this.#leftOut.dropUnseen('runners'));
    }
    this.#completeness.setRunnersRead();
    chunks.end();
    if (error === undefined) {
      this.#changed();
    }
    return error;
  }

  async #walkIntegrations(chunks: ChunkQueue): Promise<OnaApiError | undefined> {
    let pages = 0;
    const error = await this.#walk(
      'integrations',
      (options) => this.#client.listScmIntegrations(options),
      (page) => {
        this.#integrations.add(page.items);
        if (++pages === 1 && page.nextToken !== undefined) {
          chunks.begin(integrationsPerRunner(page.items));
        }
      },
    );
    if (error === undefined) {
      await inSlices(this.#integrations.dropUnseen(this.#previous.integrations));
      await inSlices(this.#leftOut.dropUnseen('integrations'));
      this.#completeness.setIntegrationsRead();
      this.#changed();
    }
    if (error === undefined || !chunks.hasBegun) {
      // Nothing is missing any more, or nothing can be loaded.
      chunks.stop();
    }
    return error;
  }

  async #walk<T>(
    name: 'runners' | 'integrations',
    list: (options: CallOptions) => AsyncIterable<Page<T>>,
    onPage: (page: Page<T>) => void,
  ): Promise<OnaApiError | undefined> {
    const addLeftOut = this.#leftOut.walk(name);
    try {
      await this.#retryTracker.watch(async (options) => {
        for await (const page of list(options)) {
          await this.#indexed;
          onPage(page);
          addLeftOut(page.leftOut);
          this.#changed();
        }
      });
      return undefined;
    } catch (error) {
      await this.#indexed;
      if (error instanceof OnaApiError) {
        return error;
      }
      throw error;
    }
  }

  /** If this fails, the runner stays as it was, unless it is gone. */
  async #readRunner(id: string): Promise<void> {
    const client = this.#client;
    const error = await this.#walk(
      'runners',
      async function* (options) {
        yield { items: [await client.getRunner(id, options)], leftOut: [], nextToken: undefined };
      },
      ({ items }) => this.#runners.add(items.filter((runner) => runner.id === id)),
    );
    if (error?.code === 'not_found') {
      const gone = this.#previous.runners.filter((runner) => runner.id === id);
      await inSlices(this.#runners.dropUnseen(gone));
      this.#changed();
    }
  }

  /** @returns how many integrations these runners have; undefined if that is unknown or no longer matters */
  async #loadChunk(runnerIds: readonly string[], chunks: ChunkQueue): Promise<number | undefined> {
    let count = 0;
    const error = await this.#walk(
      'integrations',
      (options) => this.#client.listScmIntegrations(this.#untilComplete(options), runnerIds),
      ({ items }) => {
        this.#integrations.add(items);
        count += items.length;
      },
    );
    if (error === undefined && !this.#completeness.areIntegrationsRead) {
      const previous = runnerIds.flatMap((id) => this.#previousByRunner.get(id) ?? []);
      await inSlices(this.#integrations.dropUnseen(previous));
      await inSlices(this.#leftOut.dropUnseen('integrations', runnerIds));
    }
    if (this.#completeness.areIntegrationsRead || error?.problem === 'canceled') {
      return undefined;
    }
    if (error?.problem === 'keyRefused') {
      chunks.stop();
    }
    for (const id of runnerIds) {
      if (error === undefined) {
        this.#completeness.setLoaded(id);
      } else {
        this.#completeness.setFailed(id, error);
      }
    }
    this.#changed();
    return error === undefined ? count : undefined;
  }

  /** Does not retry a chunk once the plain walk has read all integrations. */
  #untilComplete({ signal, onRetry }: CallOptions): CallOptions {
    return {
      signal: AbortSignal.any([signal, this.#overtaken.signal]),
      onRetry: (retry) => {
        if (this.#completeness.areIntegrationsRead) {
          this.#overtaken.abort();
        } else {
          onRetry?.(retry);
        }
      },
    };
  }
}

/** Estimated from one page. */
function integrationsPerRunner(page: readonly ScmIntegration[]): number {
  return page.length / Math.max(1, new Set(page.map(({ runnerId }) => runnerId)).size);
}
