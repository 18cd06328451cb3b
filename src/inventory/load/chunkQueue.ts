import { isUuid, MAX_FILTER_IDS, MAX_IN_FLIGHT, PAGE_SIZE } from '../../api/transport/limits.ts';

/** The two plain walks always find a free place. */
const MAX_RUNNING = MAX_IN_FLIGHT - 2;

/**
 * Asks for the integrations of runners in chunks, several at once. A chunk is as large as the API's filter takes, and
 * small enough that its answer should fit one page: a second one would cost another round trip.
 */
export class ChunkQueue {
  readonly #load: (runnerIds: readonly string[]) => Promise<number | undefined>;
  readonly #done: Promise<void>;
  #resolveDone: () => void = () => undefined;
  #rejectDone: (reason: unknown) => void = () => undefined;
  #waiting: readonly string[] = [];
  #running = 0;
  #isOpen = true;
  #isStopped = false;
  /** Integrations a runner, before any chunk has told. */
  #estimate: number | undefined;
  #runners = 0;
  #integrations = 0;

  /** @param load asks for one chunk; how many integrations it has, undefined where it failed */
  constructor(load: (runnerIds: readonly string[]) => Promise<number | undefined>) {
    this.#load = load;
    this.#done = new Promise((resolve, reject) => {
      this.#resolveDone = resolve;
      this.#rejectDone = reject;
    });
  }

  /** Settles when every runner that was added has been asked for; rejects where `load` does. */
  get done(): Promise<void> {
    return this.#done;
  }

  /** Adds runners; those whose ids the API's filter would refuse are left to the plain walk. */
  add(runnerIds: readonly string[]): void {
    this.#waiting = [...this.#waiting, ...runnerIds.filter(isUuid)];
    this.#next();
  }

  /** Begins to ask. @param estimate how many integrations a runner has, as far as one can tell */
  begin(estimate: number): void {
    this.#estimate = estimate;
    this.#next();
  }

  /** No more runners will be added: the last chunk may be a small one. */
  end(): void {
    this.#isOpen = false;
    this.#next();
  }

  /** Asks for no more. */
  stop(): void {
    this.#isStopped = true;
    this.#resolveDone();
  }

  #next(): void {
    if (this.#estimate === undefined || this.#isStopped) {
      return;
    }
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
    const average = this.#runners > 0 ? this.#integrations / this.#runners : estimate;
    return Math.max(1, Math.min(MAX_FILTER_IDS, Math.floor(PAGE_SIZE / average)));
  }

  async #run(runnerIds: readonly string[]): Promise<void> {
    this.#running++;
    const integrations = await this.#load(runnerIds);
    this.#running--;
    if (integrations !== undefined) {
      this.#runners += runnerIds.length;
      this.#integrations += integrations;
    }
    this.#next();
  }
}
