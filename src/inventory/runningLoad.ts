import { OnaApiError } from '../api/errors.ts';
import { InventoryLoad, type ListClient, type LoadOutcome } from './load.ts';
import type { InventoryState, Rows } from './model.ts';
import { type Progress, stateAfter, stateDuring } from './states.ts';

/** After so many milliseconds of trying again, what is shown counts as stale. */
const PATIENCE_MS = 5000;

/** Publishing that takes no longer, in milliseconds, is done with every page. */
const CHEAP_MS = 1;

/** Where it takes longer, because there are many rows, at most this share of the time goes into it. */
const MAX_PUBLISHING_SHARE = 1 / 4;

/** All by one of two plans, or the integrations of some runners. */
export type LoadPlan = 'parallel' | 'plain' | readonly string[];

export interface RunningLoadOptions {
  readonly client: ListClient;
  /** What there was before. */
  readonly before: InventoryState;
  readonly wanted: LoadPlan;
  /** @param isLast the load has ended with it */
  readonly publish: (state: InventoryState, isLast: boolean) => void;
  /** Takes a defect of ours. */
  readonly log: (error: Error) => void;
}

/** A load from its start to its end, and the states in between: rows as they come, tries that fail. */
export class RunningLoad {
  /** Settles when its last state was published, or when it was dropped. Never rejects. */
  readonly done: Promise<void>;
  readonly #options: RunningLoadOptions;
  readonly #load: InventoryLoad;
  readonly #abort = new AbortController();
  /** Since when tries fail; undefined while none does. */
  #failingSince: Date | undefined;
  #isOverdue = false;
  #patience: NodeJS.Timeout | undefined;
  /** `performance.now()` before which rows that came are not published, unless with other news. */
  #quietUntil = 0;
  #later: NodeJS.Timeout | undefined;
  #isDropped = false;
  #progress: Progress | undefined;

  constructor(options: RunningLoadOptions) {
    this.#options = options;
    this.#load = new InventoryLoad(options.client, options.before.rows, {
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
  get rows(): Rows {
    return this.#load.rows;
  }

  /** It loads not all: the state stays what it was, but for its rows. */
  get isPartial(): boolean {
    return typeof this.#options.wanted !== 'string';
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
    const { wanted, before, log, publish } = this.#options;
    this.#publishProgress();
    let outcome: LoadOutcome | undefined;
    try {
      outcome = await (typeof wanted === 'string'
        ? this.#load.everything(wanted)
        : this.#load.ofRunners(wanted));
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
      publish(stateAfter(before, this.#load.rows, outcome, this.#failingSince), true);
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
    const wait = this.#quietUntil - performance.now();
    if (wait <= 0 || this.#load.retry !== this.#progress?.retry) {
      this.#publishProgress();
    } else {
      this.#later ??= setTimeout(() => this.#publishProgress(), wait);
    }
  }

  #publishProgress(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const startedAt = performance.now();
    const { rows, retry } = this.#load;
    const overdueSince = this.#isOverdue ? this.#failingSince : undefined;
    const last = this.#progress;
    if (last?.rows === rows && last.retry === retry && last.overdueSince === overdueSince) {
      return;
    }
    this.#progress = { rows, retry, overdueSince };
    this.#options.publish(
      stateDuring(this.#options.before, this.#progress, this.#options.wanted === 'plain'),
      false,
    );
    const now = performance.now();
    if (now - startedAt > CHEAP_MS) {
      this.#quietUntil = now + (now - startedAt) * (1 / MAX_PUBLISHING_SHARE - 1);
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
