import { type Disposable, Emitter, type Event } from './event.ts';
import { runInSlices } from './slices.ts';
import { Throttle } from './throttle.ts';

/** How soon a change of the input is followed. */
export type Urgency =
  /** Immediately: the value of the earlier input is no longer needed. */
  | 'restart'
  /** After the running computation: restarting for every change of a stream would never finish one. */
  | 'next'
  /** Like `next`, but after a pause that limits computing to `maxShare` of the time. */
  | 'throttled'
  /** Like `throttled`, but `MAX_SOON_MS` after the last change at the latest: somebody may be waiting for it. */
  | 'soon';

/** Milliseconds. */
const MAX_SOON_MS = 250;

export interface DerivedOptions<I, T> {
  /** The current input of the computation. */
  readonly input: () => I;
  /** Fire when the input may have changed. */
  readonly onDidChangeInput: readonly Event<unknown>[];
  readonly isSameInput: (a: I, b: I) => boolean;
  /** @param last the input being computed, or else the one computed last */
  readonly urgency: (input: I, last: I) => Urgency;
  /**
   * Computes the value, in steps.
   *
   * @param previous the current value
   */
  readonly compute: (input: I, previous: T) => Generator<void, T, undefined>;
  readonly initial: T;
  /** Maximum share of the time, between 0 and 1, to spend on throttled changes. */
  readonly maxShare?: number;
  /** Receives whatever a step throws, which is a bug. The value stays as it was. */
  readonly log: (error: Error) => void;
}

interface Running<I> {
  readonly input: I;
  stop: () => void;
}

/**
 * A value that is recomputed when its input changes. This takes steps: they run synchronously if they are quick,
 * otherwise in slices that let the event loop run in between.
 */
export class Derived<I, T> implements Disposable {
  readonly #options: DerivedOptions<I, T>;
  readonly #changed = new Emitter<T>();
  readonly onDidChange = this.#changed.event;
  readonly #listeners: readonly Disposable[];
  #value: T;
  /** The input computed last, successfully or not. */
  #current: { readonly input: I } | undefined;
  #running: Running<I> | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #throttle: Throttle;
  #isDisposed = false;
  #waiting: (() => void)[] = [];

  constructor(options: DerivedOptions<I, T>) {
    this.#options = options;
    this.#value = options.initial;
    this.#throttle = new Throttle(options.maxShare ?? 1);
    this.#listeners = options.onDidChangeInput.map((listen) => listen(() => this.#follow()));
    this.#follow();
  }

  get value(): T {
    return this.#value;
  }

  /** Resolves once the value matches the input, or could not be computed. */
  async whenCurrent(): Promise<void> {
    while (!this.#isDisposed && !this.#isCurrent()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#running?.stop();
    clearTimeout(this.#timer);
    this.#listeners.forEach((listener) => void listener.dispose());
    this.#changed.dispose();
    this.#release();
  }

  #isCurrent(): boolean {
    const { input, isSameInput } = this.#options;
    return this.#current !== undefined && isSameInput(input(), this.#current.input);
  }

  /** @param isDue whether the pause before it is over */
  #follow(isDue = false): void {
    const { isSameInput } = this.#options;
    const input = this.#options.input();
    const last = this.#running ?? this.#current;
    if (this.#running !== undefined && isSameInput(input, this.#running.input)) {
      return;
    }
    const urgency = last && this.#options.urgency(input, last.input);
    if (this.#running !== undefined && urgency !== 'restart') {
      return;
    }
    this.#running?.stop();
    this.#running = undefined;
    clearTimeout(this.#timer);
    if (this.#isCurrent()) {
      this.#release();
      return;
    }
    const { waitMs } = this.#throttle;
    const wait = urgency === 'throttled' ? waitMs : urgency === 'soon' ? Math.min(waitMs, MAX_SOON_MS) : 0;
    if (wait > 0 && !isDue) {
      this.#timer = setTimeout(() => this.#follow(true), wait);
    } else {
      this.#compute(input);
    }
  }

  #compute(input: I): void {
    const { compute, log } = this.#options;
    const running: Running<I> = (this.#running = { input, stop: () => undefined });
    const stop = runInSlices(compute(input, this.#value), {
      done: (value, spentMs) => {
        this.#running = undefined;
        this.#current = { input };
        this.#value = value;
        const computedAt = performance.now();
        this.#changed.fire(value);
        this.#throttle.spent(spentMs + performance.now() - computedAt);
        this.#afterComputing();
      },
      failed: (error) => {
        this.#running = undefined;
        this.#current = { input };
        log(error instanceof Error ? error : new Error(String(error)));
        this.#afterComputing();
      },
    });
    if (stop !== undefined) {
      running.stop = stop;
    }
  }

  /** Follows changes made during the computation. */
  #afterComputing(): void {
    this.#release();
    if (!this.#isDisposed && !this.#isCurrent()) {
      this.#follow();
    }
  }

  #release(): void {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}
