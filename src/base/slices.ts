/** Maximum milliseconds that work in steps may block the extension host at a time. */
const SLICE_MS = 5;

/** Callbacks for the outcome of steps. */
export interface StepsOutcome<T> {
  /** @param spentMs milliseconds spent in the steps, without the pauses between slices */
  readonly done: (result: T, spentMs: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Runs steps to the end: synchronously if they are quick, otherwise in slices that let the event loop run in between.
 *
 * @returns a function that cancels the remaining steps, or undefined if there are none
 */
export function runInSlices<T>(
  steps: Generator<void, T, undefined>,
  { done, failed }: StepsOutcome<T>,
): (() => void) | undefined {
  let next: NodeJS.Immediate | undefined;
  const runSlice = (spentMs: number): void => {
    next = undefined;
    const startedAt = performance.now();
    const spent = () => spentMs + performance.now() - startedAt;
    let step: IteratorResult<void, T>;
    do {
      try {
        step = steps.next();
      } catch (error) {
        failed(error);
        return;
      }
    } while (step.done !== true && performance.now() < startedAt + SLICE_MS);
    if (step.done === true) {
      done(step.value, spent());
    } else {
      next = setImmediate(runSlice, spent());
    }
  };
  runSlice(0);
  return next && (() => clearImmediate(next));
}

/**
 * Like `runInSlices`, but returns a promise.
 *
 * @throws whatever a step throws
 */
export function inSlices<T>(steps: Generator<void, T, undefined>): Promise<T> {
  return new Promise((resolve, reject) => {
    runInSlices(steps, { done: resolve, failed: reject });
  });
}
