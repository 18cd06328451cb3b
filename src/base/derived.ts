import { type Disposable, Emitter, type Event } from './event.ts';
import { runInSlices } from './slices.ts';
import { Throttle } from './throttle.ts';

/** How a change of the input is taken up while the value of an earlier one is being computed. */
export type Urgency =
  /** At once: the value of the earlier input is no longer wanted. */
  | 'restart'
  /** Once the value of the earlier input is there. Restarting for every change of a stream would never finish one. */
  | 'next'
  /** The same, but after a pause that keeps computing below its share of the time. */
  | 'throttled';

export interface DerivedOptions<I, T> {
  /** What the value is computed from, as it is now. */
  readonly input: () => I;
  /** The input may have changed. */
  readonly onDidChangeInput: readonly Event<unknown>[];
  readonly isSameInput: (a: I, b: I) => boolean;
  /** @param last the input whose value is being computed, or is there */
  readonly urgency: (input: I, last: I) => Urgency;
  /** Computes the value, in steps. @param previous the value so far */
  readonly compute: (input: I, previous: T) => Generator<void, T, undefined>;
  readonly initial: T;
  /** The largest share of the time, between 0 and 1, that throttled changes may take. */
  readonly maxShare?: number;
  /** Takes what a step throws: a defect of ours. The value stays as it was. */
  readonly log: (error: Error) => void;
}

interface Running<I> {
  readonly input: I;
  stop: () => void;
}

/**
 * A value that follows its input. It is computed in steps: at once if they are done soon, else in slices between which the
 * event loop takes a turn.
 */
export class Derived<I, T> implements Disposable {
  readonly #options: DerivedOptions<I, T>;
  readonly #changed = new Emitter<T>();
  readonly onDidChange = this.#changed.event;
  readonly #listeners: readonly Disposable[];
  #value: T;
  /** What the value was computed from, or could not be. */
  #current: { readonly input: I } | undefined;
  /** The computing that runs. */
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

  /** Settles once the value is that of the input, or cannot be computed. */
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

  #follow(): void {
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
    const wait = urgency === 'throttled' ? this.#throttle.waitMs : 0;
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#follow(), wait);
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
        this.#goOn();
      },
      failed: (error) => {
        this.#running = undefined;
        this.#current = { input };
        log(error instanceof Error ? error : new Error(String(error)));
        this.#goOn();
      },
    });
    if (stop !== undefined) {
      running.stop = stop;
    }
  }

  /** Takes up what has changed meanwhile. */
  #goOn(): void {
    this.#release();
    if (!this.#isDisposed && !this.#isCurrent()) {
      this.#follow();
    }
  }

  #release(): void {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}
