import { OnaApiError } from '../../api/transport/errors.ts';
import { Throttle } from '../../base/throttle.ts';
import { Loader, type ListClient, type LoadOutcome } from './loader.ts';
import type { InventoryState, InventoryData } from '../model.ts';
import { type Progress, stateAfter, stateDuring } from './states.ts';

/** After so many milliseconds of trying again, what is shown counts as stale. */
const PATIENCE_MS = 5000;

/** If publishing takes no longer, in milliseconds, it is done for every page. */
const CHEAP_MS = 1;

/** If it takes longer, because there are many rows, at most this share of the time goes into it. */
const MAX_PUBLISHING_SHARE = 1 / 4;

/** What to load: everything by one of two plans (`loader.ts`), or some runners. */
export type LoadPlan =
  | { readonly kind: 'all'; readonly plan: 'parallel' | 'plain' }
  | { readonly kind: 'runners'; readonly ids: readonly string[] };

export interface LoadRunOptions {
  readonly client: ListClient;
  /** What there was before. */
  readonly before: InventoryState;
  readonly plan: LoadPlan;
  readonly publish: (state: InventoryState) => void;
  /**
   * Takes the last state, in place of `publish`.
   *
   * @param isComplete all that was asked for has come
   */
  readonly end: (state: InventoryState, isComplete: boolean) => void;
  /** Takes a defect of ours. */
  readonly log: (error: Error) => void;
}

/** A load from its start to its end, and the states in between: rows as they come, tries that fail. */
export class LoadRun {
  /** Settles when its last state was published, or when it was dropped. Never rejects. */
  readonly done: Promise<void>;
  readonly #options: LoadRunOptions;
  readonly #load: Loader;
  readonly #abort = new AbortController();
  /** Since when tries fail; undefined while none does. */
  #failingSince: Date | undefined;
  #isOverdue = false;
  #patience: NodeJS.Timeout | undefined;
  readonly #throttle = new Throttle(MAX_PUBLISHING_SHARE);
  #later: NodeJS.Timeout | undefined;
  #isDropped = false;
  #progress: Progress | undefined;

  constructor(options: LoadRunOptions) {
    this.#options = options;
    this.#load = new Loader(options.client, options.before.data, {
      signal: this.#abort.signal,
      onChange: () => this.#follow(),
    });
    // In a microtask of its own, so that the load is known to run before its first state is published.
    this.done = Promise.resolve().then(() => (this.#isDropped ? undefined : this.#run()));
  }

  /** What there was before. */
  get before(): InventoryState {
    return this.#options.before;
  }

  /** What there is to show, published or not. */
  get data(): InventoryData {
    return this.#load.data;
  }

  /** Loads only some runners: the state stays what it was, apart from its rows. */
  get isPartial(): boolean {
    return this.#options.plan.kind === 'runners';
  }

  /** It waits before it tries again, and the API has not asked for that. */
  get isBackingOff(): boolean {
    return this.#load.retry?.askedFor === false;
  }

  /** Ends the load. What has come stays, and so do the last good rows. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Ends the load without a word of it. */
  drop(): void {
    this.#end();
    this.cancel();
  }

  async #run(): Promise<void> {
    const { plan, before, log, end } = this.#options;
    this.#publishProgress();
    let outcome: LoadOutcome | undefined;
    try {
      outcome = await (plan.kind === 'all'
        ? this.#load.everything(plan.plan)
        : this.#load.ofRunners(plan.ids));
    } catch (error) {
      // A defect of ours must not leave a view that loads for ever.
      this.cancel();
      const cause = error instanceof Error ? error : new Error(String(error));
      log(cause);
      outcome = { error: defect(cause), mayBeIncomplete: false };
    }
    const isDropped = this.#isDropped;
    this.#end();
    if (!isDropped) {
      const { data } = this.#load;
      const isComplete =
        outcome?.error === undefined && !this.#abort.signal.aborted && data.runnerErrors === undefined;
      end(stateAfter(before, data, outcome, this.#failingSince), isComplete);
    }
  }

  /** Nothing is published any more. */
  #end(): void {
    this.#isDropped = true;
    clearTimeout(this.#patience);
    clearTimeout(this.#later);
  }

  #follow(): void {
    if (this.#isDropped) {
      return;
    }
    const isFailing = this.#load.retry !== undefined;
    if (isFailing && this.#failingSince === undefined) {
      this.#failingSince = new Date();
      this.#patience = setTimeout(() => {
        this.#isOverdue = true;
        this.#publishProgress();
      }, PATIENCE_MS);
    } else if (!isFailing && this.#failingSince !== undefined) {
      this.#failingSince = undefined;
      this.#isOverdue = false;
      clearTimeout(this.#patience);
    }
    const wait = this.#throttle.waitMs;
    if (wait === 0 || this.#load.retry !== this.#progress?.retry) {
      this.#publishProgress();
    } else {
      this.#later ??= setTimeout(() => this.#publishProgress(), wait);
    }
  }

  #publishProgress(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const startedAt = performance.now();
    const { data, retry } = this.#load;
    const overdueSince = this.#isOverdue ? this.#failingSince : undefined;
    const last = this.#progress;
    if (last?.data === data && last.retry === retry && last.overdueSince === overdueSince) {
      return;
    }
    this.#progress = { data, retry, overdueSince };
    const { before, plan, publish } = this.#options;
    const isQuiet = plan.kind === 'all' && plan.plan === 'plain';
    publish(stateDuring(before, this.#progress, isQuiet));
    const spentMs = performance.now() - startedAt;
    if (spentMs > CHEAP_MS) {
      this.#throttle.spent(spentMs);
    }
  }
}

function defect({ name }: Error): OnaApiError {
  return new OnaApiError({
    problem: 'unexpectedAnswer',
    code: 'internal',
    method: 'load',
    host: 'this extension',
    detail: name,
  });
}
