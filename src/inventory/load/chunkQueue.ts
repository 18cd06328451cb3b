import { isUuid, MAX_FILTER_IDS, MAX_IN_FLIGHT, PAGE_SIZE } from '../../api/transport/limits.ts';
import type { KnownChunks } from './knownChunks.ts';

/** Leaves a place for the plain walk of each list: runners are added only as fast as their walk goes on. */
const MAX_RUNNING = MAX_IN_FLIGHT - 2;

/** Leaves a place for the walk of the runners, which are shown as well. That of the integrations can wait. */
const MAX_KNOWN_RUNNING = MAX_IN_FLIGHT - 1;

/**
 * Requests the integrations of runners in chunks, several at once. A chunk is as large as the API's filter allows, but
 * small enough that the response should fit on one page: a second page would cost another round trip. Chunks of runners
 * that are known from an earlier load come first.
 */
export class ChunkQueue {
  readonly #load: (runnerIds: readonly string[]) => Promise<number | undefined>;
  readonly #done: Promise<void>;
  #resolveDone: () => void = () => undefined;
  #rejectDone: (reason: unknown) => void = () => undefined;
  /** Chunks of known runners that wait for a place. */
  readonly #known: (readonly string[])[] = [];
  #knownRunners: ReadonlySet<string> = new Set();
  #resolveKnownSent: () => void = () => undefined;
  #waiting: readonly string[] = [];
  #running = 0;
  #isOpen = true;
  #isStopped = false;
  /** Expected integrations per runner, used until the first chunk has arrived. */
  #estimate: number | undefined;
  #loadedRunners = 0;
  #loadedIntegrations = 0;

  /** @param load loads one chunk and returns its number of integrations, or undefined if it failed */
  constructor(load: (runnerIds: readonly string[]) => Promise<number | undefined>) {
    this.#load = load;
    this.#done = new Promise((resolve, reject) => {
      this.#resolveDone = resolve;
      this.#rejectDone = reject;
    });
    // A load awaits it only after its lists, and not at all if they fail by the same bug.
    this.#done.catch(() => undefined);
  }

  /** Resolves when all added runners have been requested, or after `stop`; rejects if `load` does. */
  get done(): Promise<void> {
    return this.#done;
  }

  /**
   * Starts with chunks of known runners. Call it before any other runners are added.
   *
   * @returns a promise that resolves when no such chunk waits for a place
   */
  beginKnown({ chunks, runnerIds, average }: KnownChunks): Promise<void> {
    this.#known.push(...chunks);
    this.#knownRunners = runnerIds;
    const sent = new Promise<void>((resolve) => (this.#resolveKnownSent = resolve));
    this.begin(average);
    return sent;
  }

  /** Adds runners, except for known ones. Those that the API's filter would reject are left to the plain walk. */
  add(runnerIds: readonly string[]): void {
    const added = runnerIds.filter((id) => isUuid(id) && !this.#knownRunners.has(id));
    this.#waiting = [...this.#waiting, ...added];
    this.#next();
  }

  /**
   * Starts requesting.
   *
   * @param estimate expected integrations per runner
   */
  begin(estimate: number): void {
    this.#estimate = estimate;
    this.#next();
  }

  /** Whether `begin` was called: until then, nothing is requested. */
  get hasBegun(): boolean {
    return this.#estimate !== undefined;
  }

  /** Call when no more runners will be added, so that the last chunk may be smaller. */
  end(): void {
    this.#isOpen = false;
    this.#next();
  }

  /** Sends no further requests. */
  stop(): void {
    this.#isStopped = true;
    this.#resolveKnownSent();
    this.#resolveDone();
  }

  #next(): void {
    if (this.#estimate === undefined || this.#isStopped) {
      return;
    }
    while (this.#running < MAX_KNOWN_RUNNING && this.#known.length > 0) {
      this.#run(this.#known.shift() ?? []).catch(this.#rejectDone);
    }
    if (this.#known.length > 0) {
      return;
    }
    this.#resolveKnownSent();
    const size = this.#size(this.#estimate);
    while (this.#running < MAX_RUNNING && this.#waiting.length >= (this.#isOpen ? size : 1)) {
      this.#run(this.#waiting.slice(0, size)).catch(this.#rejectDone);
      this.#waiting = this.#waiting.slice(size);
    }
    if (!this.#isOpen && this.#running === 0) {
      this.#resolveDone();
    }
  }

  #size(estimate: number): number {
    const average = this.#loadedRunners > 0 ? this.#loadedIntegrations / this.#loadedRunners : estimate;
    return Math.max(1, Math.min(MAX_FILTER_IDS, Math.floor(PAGE_SIZE / average)));
  }

  async #run(runnerIds: readonly string[]): Promise<void> {
    this.#running++;
    const integrations = await this.#load(runnerIds);
    this.#running--;
    if (integrations !== undefined) {
      this.#loadedRunners += runnerIds.length;
      this.#loadedIntegrations += integrations;
    }
    this.#next();
  }
}
