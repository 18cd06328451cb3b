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
import { MergedList } from './mergedList.ts';
import { integrationRef, refKey } from '../itemRef.ts';
import type { InventoryData } from '../model.ts';
import { RetryTracker } from './retryTracker.ts';
import { ChunkQueue } from './chunkQueue.ts';
import { inSlices } from '../../base/slices.ts';

export interface LoadOptions {
  /** Ends the load: its outcome has the error `canceled` then. */
  readonly signal: AbortSignal;
  /** Called when `rows` or `retry` may have changed. */
  readonly onChange: () => void;
}

/** How a load ended. */
export interface LoadOutcome {
  /** The first failure of a list; undefined where all that was asked for has come. */
  readonly error: OnaApiError | undefined;
  /** Beside an error: the integrations of every listed runner have come all the same. */
  readonly mayBeIncomplete: boolean;
}

export type ListClient = Pick<OnaClient, 'listRunners' | 'listScmIntegrations' | 'getRunner'>;

/** More runners than this are not read one by one: their rows stay as the last list had them. */
const MAX_SINGLE_RUNNERS = 4;

/**
 * One load. The plain plan asks for both lists at once and walks their pages. The parallel plan does the same, and where
 * the integrations have more than one page asks for those of the listed runners in chunks beside it: these come sooner,
 * while the plain walk proves that nothing is missing and adds what no listed runner owns.
 */
export class Loader {
  readonly #client: ListClient;
  readonly #previous: InventoryData;
  #previousByRunner: ReadonlyMap<string, readonly ScmIntegration[]> = new Map();
  readonly #changed: () => void;
  readonly #retryTracker: RetryTracker;
  readonly #runners: MergedList<Runner>;
  readonly #integrations: MergedList<ScmIntegration>;
  /** Settles when the previous rows are taken up: mostly while the first requests are on their way. */
  readonly #indexed: Promise<void>;
  readonly #completeness: Completeness;
  readonly #overtaken = new AbortController();

  /** @param previous the last good rows: they stay until what was asked for has come */
  constructor(client: ListClient, previous: InventoryData, { signal, onChange }: LoadOptions) {
    this.#client = client;
    this.#previous = previous;
    this.#completeness = new Completeness(previous);
    this.#changed = onChange;
    this.#retryTracker = new RetryTracker(signal, onChange);
    this.#runners = new MergedList(previous.runners, runnerKey);
    this.#integrations = new MergedList(previous.integrations, integrationKey);
    this.#indexed = inSlices(this.#index());
  }

  /** What there is to show: fresh rows over the previous ones. The same object while nothing changed. */
  get data(): InventoryData {
    return this.#completeness.dataOf({
      runners: this.#runners.items(),
      integrations: this.#integrations.items(),
    });
  }

  /** The failed try that another one follows; undefined where all is well. */
  get retry(): Retry | undefined {
    return this.#retryTracker.current;
  }

  /** Loads all. @throws nothing but programming errors: a failure of the API is in the outcome */
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
    // Chunks that the plain walk has overtaken may still be on their way; cut off, they would cost their connections.
    if (this.retry !== undefined) {
      this.#overtaken.abort();
    }
    return {
      error: runnersError ?? integrationsError,
      mayBeIncomplete: runnersError === undefined && this.#completeness.isLoaded(this.data.runners),
    };
  }

  /** Loads some runners again: their integrations and, if they are few, the runners. @throws as `everything` does */
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
  }

  async #walkRunners(chunks: ChunkQueue): Promise<OnaApiError | undefined> {
    const error = await this.#walk(
      (options) => this.#client.listRunners(options),
      ({ items }) => {
        this.#runners.add(items);
        chunks.add(items.map(({ id }) => id));
      },
    );
    if (error === undefined) {
      await inSlices(this.#runners.dropUnseen(this.#previous.runners));
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
      this.#completeness.setIntegrationsRead();
      this.#changed();
    }
    if (error === undefined || pages === 0) {
      // Nothing is missing any more, or nothing can be had.
      chunks.stop();
    }
    return error;
  }

  async #walk<T>(
    list: (options: CallOptions) => AsyncIterable<Page<T>>,
    onPage: (page: Page<T>) => void,
  ): Promise<OnaApiError | undefined> {
    try {
      await this.#retryTracker.watch(async (options) => {
        for await (const page of list(options)) {
          await this.#indexed;
          onPage(page);
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

  /** If that fails, the runner stays as it was. */
  async #readRunner(id: string): Promise<void> {
    try {
      const runner = await this.#retryTracker.watch((options) => this.#client.getRunner(id, options));
      await this.#indexed;
      if (runner.id === id) {
        this.#runners.add([runner]);
      }
    } catch (error) {
      await this.#indexed;
      if (!(error instanceof OnaApiError)) {
        throw error;
      }
      if (error.code === 'not_found') {
        const gone = this.#previous.runners.filter((runner) => runner.id === id);
        await inSlices(this.#runners.dropUnseen(gone));
      }
    }
    this.#changed();
  }

  /** @returns how many integrations these runners have; undefined where that could not be found out */
  async #loadChunk(runnerIds: readonly string[], chunks: ChunkQueue): Promise<number | undefined> {
    let count = 0;
    const error = await this.#walk(
      (options) => this.#client.listScmIntegrations(this.#untilComplete(options), runnerIds),
      ({ items }) => {
        this.#integrations.add(items);
        count += items.length;
      },
    );
    if (error === undefined && !this.#completeness.areIntegrationsRead) {
      const previous = runnerIds.flatMap((id) => this.#previousByRunner.get(id) ?? []);
      await inSlices(this.#integrations.dropUnseen(previous));
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

  /** A chunk that the plain walk has overtaken is not tried again. */
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

/** As far as one page can tell. */
function integrationsPerRunner(page: readonly ScmIntegration[]): number {
  return page.length / Math.max(1, new Set(page.map(({ runnerId }) => runnerId)).size);
}

function runnerKey(runner: Runner): string {
  return runner.id || wholeKey(runner);
}

function integrationKey(integration: ScmIntegration): string {
  return integration.id === '' ? wholeKey(integration) : refKey(integrationRef(integration));
}

/** What has no id is told apart by all that it says: nothing that the API sends may be lost. */
function wholeKey(item: object): string {
  return JSON.stringify(item);
}
