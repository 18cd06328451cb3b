import { OnaApiError } from '../../api/transport/errors.ts';
import { Throttle } from '../../base/throttle.ts';
import type { ListClient } from './listParts.ts';
import { Loader, type LoadOutcome, type Part } from './loader.ts';
import type { InventoryState, InventoryData } from '../model.ts';
import type { SignInClient, SignInListOptions } from './signInList.ts';
import { type Progress, stateAfter, stateDuring } from './states.ts';

/** Milliseconds of failed attempts after which the shown data count as stale. */
const OVERDUE_MS = 5000;

/** Milliseconds that a load waits for the sign-ins once all rows are there. */
const SIGN_INS_WAIT_MS = 5000;

/** Publishing that takes no more milliseconds than this is done for every page. */
const CHEAP_MS = 1;

/** Maximum share of the time for publishing that takes longer, because there are many rows. */
const MAX_PUBLISHING_SHARE = 1 / 4;

/** What to load: everything by one of two plans (`loader.ts`), or a part. */
export type LoadPlan =
  | { readonly kind: 'all'; readonly plan: 'parallel' | 'plain' }
  | (Part & {
      readonly kind: 'part';
      readonly signIns?: boolean;
      /** Whether nobody has asked for it: only what has changed is shown, neither progress nor failures. */
      readonly isQuiet?: boolean;
    });

export interface LoadRunOptions {
  readonly client: ListClient & SignInClient;
  readonly whenSubjectKnown: SignInListOptions['whenSubjectKnown'];
  /** The state before the load. */
  readonly before: InventoryState;
  readonly plan: LoadPlan;
  readonly publish: (state: InventoryState) => void;
  /**
   * Receives the final state, instead of `publish`.
   *
   * @param isComplete whether everything requested has arrived
   */
  readonly end: (state: InventoryState, isComplete: boolean) => void;
  /** Receives errors that are bugs in the extension. */
  readonly log: (error: Error) => void;
}

/** One load from start to end, with the states in between: rows as they arrive, attempts that fail. */
export class LoadRun {
  /** Resolves after the final state was published, or after the load was dropped. Never rejects. */
  readonly done: Promise<void>;
  readonly #options: LoadRunOptions;
  readonly #load: Loader;
  readonly #abort = new AbortController();
  /** Ends the reading of the sign-ins, which no longer matter. */
  readonly #signInsOver = new AbortController();
  #before: InventoryState;
  /** Since when attempts have been failing; undefined if none is. */
  #failingSince: Date | undefined;
  #isOverdue = false;
  #overdueTimer: NodeJS.Timeout | undefined;
  readonly #throttle = new Throttle(MAX_PUBLISHING_SHARE);
  #publishTimer: NodeJS.Timeout | undefined;
  #isDropped = false;
  #isRead = true;
  #progress: Progress | undefined;

  constructor(options: LoadRunOptions) {
    this.#options = options;
    this.#before = options.before;
    this.#load = new Loader(options.client, options.before.data, {
      signal: this.#abort.signal,
      onChange: () => this.#follow(),
    });
    // In a microtask, so that the caller can store this object before its first state is published.
    this.done = Promise.resolve().then(() => (this.#isDropped ? undefined : this.#run()));
  }

  /** The state before the load, but with the latest sign-ins. */
  get before(): InventoryState {
    return this.#before;
  }

  /** The current data, published or not. */
  get data(): InventoryData {
    return this.#load.data;
  }

  /** Whether only a part is loaded. The state then stays as it was, apart from its rows. */
  get isPartial(): boolean {
    return this.#options.plan.kind === 'part';
  }

  /** Whether nobody has asked for this load. */
  get isQuiet(): boolean {
    const { plan } = this.#options;
    return plan.kind === 'part' && plan.isQuiet === true;
  }

  /** Whether all of a part has been read; true until that is known. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Whether a request waits for its next attempt without the API having asked for that. */
  get isBackingOff(): boolean {
    return this.#load.retry?.askedFor === false;
  }

  /** Whether nothing new has arrived, or a request waits for its next attempt. */
  get isWaiting(): boolean {
    return this.isBackingOff || this.data === this.before.data;
  }

  /** Cancels the load. Rows that have arrived stay, and so do the last good ones. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Cancels the load and publishes nothing more. */
  drop(): void {
    this.#end();
    this.cancel();
  }

  async #run(): Promise<void> {
    const { plan, before, log, end } = this.#options;
    this.#publishProgress();
    const signInsRead = plan.kind === 'all' || plan.signIns === true ? this.#readSignIns() : undefined;
    let outcome: LoadOutcome | undefined;
    try {
      if (plan.kind === 'all') {
        outcome = await this.#load.everything(plan.plan);
      } else {
        this.#isRead = await this.#load.part(plan, this.isQuiet);
      }
    } catch (error) {
      // A bug in the extension must not leave the view loading indefinitely.
      this.cancel();
      const cause = error instanceof Error ? error : new Error(String(error));
      log(cause);
      outcome = { error: defect(cause), mayBeIncomplete: false };
    }
    // An API that names no organization has said nothing about this one.
    const isOther = outcome?.error?.problem === 'noOrganization';
    const { data } = isOther ? before : this.#load;
    const isComplete =
      this.#isRead &&
      outcome?.error === undefined &&
      !this.#abort.signal.aborted &&
      data.runnerErrors === undefined;
    const state = stateAfter(before, data, outcome, this.#failingSince);
    if (outcome?.error === undefined) {
      await this.#waitBriefly(signInsRead);
    }
    this.#signInsOver.abort();
    const isDropped = this.#isDropped;
    this.#end();
    if (!isDropped) {
      end(isOther ? state : { ...state, signIns: this.#before.signIns }, isComplete);
    }
  }

  /** Reads the sign-ins beside the lists, after their first requests. A failure changes nothing else of the state. */
  async #readSignIns(): Promise<void> {
    const { client, whenSubjectKnown, log } = this.#options;
    const signal = AbortSignal.any([this.#abort.signal, this.#signInsOver.signal]);
    try {
      await (this.isPartial ? undefined : this.#load.listsSent);
      const { readSignIns } = await import('./signInList.ts');
      const previous = this.#before.signIns;
      const signIns = await readSignIns({ client, whenSubjectKnown, signal, previous });
      if (!signal.aborted && signIns !== previous) {
        this.#before = { ...this.#before, signIns };
        this.#progress = undefined;
        this.#follow();
      }
    } catch (error) {
      log(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Waits for the sign-ins, unless that takes long or is canceled. */
  async #waitBriefly(signInsRead: Promise<void> | undefined): Promise<void> {
    const { signal } = this.#abort;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const timer = setTimeout(end, SIGN_INS_WAIT_MS);
    signal.addEventListener('abort', end);
    await (signal.aborted ? undefined : Promise.race([signInsRead, ended]));
    clearTimeout(timer);
  }

  /** Stops all publishing. */
  #end(): void {
    this.#isDropped = true;
    clearTimeout(this.#overdueTimer);
    clearTimeout(this.#publishTimer);
  }

  #follow(): void {
    if (this.#isDropped) {
      return;
    }
    const isFailing = this.#load.retry !== undefined;
    if (isFailing && this.#failingSince === undefined) {
      this.#failingSince = new Date();
      this.#overdueTimer = setTimeout(() => {
        this.#isOverdue = true;
        this.#publishProgress();
      }, OVERDUE_MS);
    } else if (!isFailing && this.#failingSince !== undefined) {
      this.#failingSince = undefined;
      this.#isOverdue = false;
      clearTimeout(this.#overdueTimer);
    }
    const wait = this.#throttle.waitMs;
    if (wait === 0 || this.#load.retry !== this.#progress?.retry) {
      this.#publishProgress();
    } else {
      this.#publishTimer ??= setTimeout(() => this.#publishProgress(), wait);
    }
  }

  #publishProgress(): void {
    clearTimeout(this.#publishTimer);
    this.#publishTimer = undefined;
    if (this.isQuiet) {
      return;
    }
    const startedAt = performance.now();
    const { data, retry } = this.#load;
    const overdueSince = this.#isOverdue ? this.#failingSince : undefined;
    const last = this.#progress;
    if (last?.data === data && last.retry === retry && last.overdueSince === overdueSince) {
      return;
    }
    this.#progress = { data, retry, overdueSince };
    const { plan, publish } = this.#options;
    const isQuiet = plan.kind === 'all' && plan.plan === 'plain';
    publish(stateDuring(this.#before, this.#progress, isQuiet));
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
