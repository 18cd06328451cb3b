import pLimit from 'p-limit';
import { isLimitExceeded, isRefusal, type OnaApiError } from '../../api/transport/errors.ts';
import { isUuid, MAX_IN_BACKGROUND, PAGE_SIZE } from '../../api/transport/limits.ts';
import type { Retry } from '../../api/transport/retry.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { byRunner } from '../byRunner.ts';
import { ChunkQueue } from './chunkQueue.ts';
import { Completeness } from './completeness.ts';
import { IntegrationList, type ReadOutcome } from './integrationList.ts';
import { type KnownChunks, knownChunkSteps } from './knownChunks.ts';
import type { ListClient } from './listParts.ts';
import { MergedLeftOut } from './mergedLeftOut.ts';
import type { InventoryData } from '../model.ts';
import { PageReader } from './pageReader.ts';
import { RunnerList } from './runnerList.ts';
import { WalkedChunks } from './walkedChunks.ts';
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

/** Settles when the list of runners was read, or could not be. */
type RunnerWalk = Promise<OnaApiError | undefined>;

/** A part of the inventory. */
export interface Part {
  /** The runners to read: some by their ids, or the whole list. */
  readonly runners: readonly string[] | 'all';
  /** The ids of the runners whose integrations to read. */
  readonly integrationsOf: readonly string[];
}

/**
 * One load. The plain plan requests both lists at once and walks their pages. The parallel plan does the same. If the
 * integrations have more than one page, it also requests those of the listed runners in chunks, which arrive sooner: at
 * once if the runners are known from an earlier load, otherwise as soon as they are listed. The plain walk then proves
 * that nothing is missing, and adds integrations that no listed runner owns. Items that it does not contain are dropped
 * only after they have been asked for again (`confirmMissing.ts`).
 */
export class Loader {
  readonly #previous: InventoryData;
  #previousByRunner: ReadonlyMap<string, readonly ScmIntegration[]> = new Map();
  /** Resolves when pages can be added. */
  #indexed: Promise<void> = Promise.resolve();
  readonly #changed: () => void;
  readonly #reader: PageReader;
  readonly #runners: RunnerList;
  readonly #integrations: IntegrationList;
  readonly #leftOut: MergedLeftOut;
  readonly #completeness: Completeness;

  /** @param previous the last good rows, which stay until the requested ones have arrived */
  constructor(client: ListClient, previous: InventoryData, { signal, onChange }: LoadOptions) {
    this.#previous = previous;
    this.#completeness = new Completeness(previous);
    this.#changed = onChange;
    this.#reader = new PageReader({ signal, onChange, whenReady: () => this.#indexed });
    this.#leftOut = new MergedLeftOut(previous.leftOut);
    const parts = { client, previous, reader: this.#reader, leftOut: this.#leftOut };
    this.#runners = new RunnerList(parts);
    this.#integrations = new IntegrationList(parts);
  }

  /** Fresh rows merged into the previous ones; the same object while nothing changes. */
  get data(): InventoryData {
    const lists = { runners: this.#runners.items(), integrations: this.#integrations.items() };
    return this.#completeness.dataOf(lists, this.#leftOut.current);
  }

  /** The failed attempt that will be retried; undefined if there is none. */
  get retry(): Retry | undefined {
    return this.#reader.retries.current;
  }

  /** Resolves when the first pages of both lists have been requested. */
  get listsSent(): Promise<void> {
    return this.#reader.bothSent;
  }

  /** @throws only errors that are bugs in the extension: an API failure is part of the outcome */
  async everything(plan: 'parallel' | 'plain'): Promise<LoadOutcome> {
    const formed = this.#prepare(plan === 'parallel');
    const chunks = new WalkedChunks({
      integrations: this.#integrations,
      onEnd: (runnerIds, outcome, queue) => this.#endChunk(runnerIds, queue, outcome),
    });
    const { queue } = chunks;
    if (plan === 'plain') {
      chunks.end();
    }
    // Pages are added later: they wait for the index, which is made after the chunks.
    const knownBegun = formed.then((known) => {
      if (known !== undefined) {
        chunks.beginKnown(known);
      }
    });
    const runnersWalked = this.#runners.walk((ids) => queue.add(ids));
    const [runnersError, integrationsError] = await Promise.all([
      this.#endRunners(runnersWalked, queue),
      this.#walkIntegrations(runnersWalked, chunks),
      knownBegun,
    ]);
    await queue.done;
    // Redundant chunks may still be in flight. Abort them only if one is being retried: aborting closes connections.
    if (this.retry !== undefined) {
      chunks.abort();
    }
    return {
      error: runnersError ?? integrationsError,
      mayBeIncomplete: runnersError === undefined && this.#completeness.isLoaded(this.data.runners),
    };
  }

  /**
   * Reads a part again.
   *
   * @param isQuiet whether a failure changes nothing: the rows stay, without an error
   * @returns whether all of it could be read
   * @throws as `everything` does
   */
  async part({ runners, integrationsOf }: Part, isQuiet: boolean): Promise<boolean> {
    void this.#prepare(false);
    this.#completeness.setRunnersRead();
    let isRead = true;
    const chunks: ChunkQueue = new ChunkQueue(async (some) => {
      const outcome = await this.#reloadChunk(some);
      isRead &&= outcome.error === undefined;
      return isQuiet && outcome.error !== undefined ? undefined : this.#endChunk(some, chunks, outcome);
    });
    chunks.add(integrationsOf);
    chunks.begin(1);
    chunks.end();
    const readRunners = async () => {
      const error = runners === 'all' ? await this.#readAllRunners() : await this.#readEach(runners);
      isRead &&= error === undefined;
      this.#changed();
    };
    await Promise.all([chunks.done, runners.length > 0 && readRunners()]);
    return isRead;
  }

  async #readAllRunners(): Promise<OnaApiError | undefined> {
    return (await this.#runners.walk(() => undefined)) ?? (await this.#runners.confirm());
  }

  /** @returns why some could not be read. One that the key may not read stays as it was */
  async #readEach(runnerIds: readonly string[]): Promise<OnaApiError | undefined> {
    // More would only wait in the request gate.
    const limit = pLimit(MAX_IN_BACKGROUND);
    const errors = await Promise.all(
      runnerIds.filter(isUuid).map((id) => limit(() => this.#runners.readOne(id))),
    );
    return errors.find((error) => error !== undefined && !isRefusal(error));
  }

  /**
   * Indexes the previous rows in slices, usually while the first requests are in flight.
   *
   * @param usesChunks whether the chunks of known runners are wanted: they are formed first
   * @returns those chunks; undefined if they are not wanted, or if both lists alone probably suffice
   */
  #prepare(usesChunks: boolean): Promise<KnownChunks | undefined> {
    const formed = Promise.resolve().then(() => inSlices(this.#formChunks(usesChunks)));
    this.#indexed = formed.then(() => inSlices(this.#index()));
    return formed;
  }

  *#formChunks(areWanted: boolean): Generator<void, KnownChunks | undefined, undefined> {
    const { runners, integrations, completeRunnerIds } = this.#previous;
    this.#previousByRunner = yield* byRunner(integrations);
    return !areWanted || integrations.length <= PAGE_SIZE
      ? undefined
      : yield* knownChunkSteps(
          runners.map(({ id }) => id).filter((id) => completeRunnerIds?.has(id) ?? true),
          (id) => this.#previousByRunner.get(id)?.length ?? 0,
        );
  }

  *#index(): Generator<void, void, undefined> {
    const listed = this.#previous.runners.map(({ id }) => id);
    this.#completeness.setPreviousRunners(new Set([...listed, ...this.#previousByRunner.keys()]));
    yield;
    yield* this.#runners.index();
    yield* this.#integrations.index();
    yield* this.#leftOut.index();
  }

  async #endRunners(walked: RunnerWalk, chunks: ChunkQueue): Promise<OnaApiError | undefined> {
    const error = await walked;
    chunks.end();
    const failure = error ?? (await this.#runners.confirm());
    this.#completeness.setRunnersRead();
    if (error === undefined) {
      this.#changed();
    }
    return failure;
  }

  async #walkIntegrations(runnersWalked: RunnerWalk, chunks: WalkedChunks): Promise<OnaApiError | undefined> {
    let count = 0;
    const error = await this.#integrations.walk(
      (page) => {
        count += page.items.length;
        chunks.addPage(page);
      },
      () => chunks.whenWalkMayGoOn,
    );
    if (error !== undefined) {
      chunks.failWalk();
      return error;
    }
    chunks.end();
    // The list is empty too if the key has no organization, which only the list of runners finds out.
    const mayBeOther = count === 0 && this.#previous.integrations.length > 0;
    const runnersError = mayBeOther ? await runnersWalked : undefined;
    if (runnersError?.problem === 'noOrganization') {
      return runnersError;
    }
    const failure = await this.#integrations.confirm();
    this.#completeness.setIntegrationsRead();
    this.#changed();
    return failure;
  }

  /** Unlike in `everything`, nothing else reads these integrations. */
  async #reloadChunk(runnerIds: readonly string[]): Promise<Pick<ReadOutcome, 'error' | 'count'>> {
    const outcome = await this.#integrations.read(runnerIds, { isProof: true });
    const previous = runnerIds.flatMap((id) => this.#previousByRunner.get(id) ?? []);
    const error = outcome.error ?? (await this.#integrations.confirmRunners(runnerIds, outcome, previous));
    return { error, count: outcome.count };
  }

  /** @returns how many integrations these runners have; undefined if that is not known */
  #endChunk(
    runnerIds: readonly string[],
    chunks: ChunkQueue,
    { error, count }: Pick<ReadOutcome, 'error' | 'count'>,
  ): number | undefined {
    if (error?.problem === 'canceled') {
      return undefined;
    }
    if (error !== undefined && (error.problem === 'keyRefused' || isLimitExceeded(error))) {
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
}
