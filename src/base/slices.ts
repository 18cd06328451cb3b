/** The longest, in milliseconds, that work of many steps may keep the extension host at once. */
const SLICE_MS = 5;

/** Takes the outcome of steps. */
export interface StepsOutcome<T> {
  /** @param spentMs how many milliseconds the steps took themselves */
  readonly done: (result: T, spentMs: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Runs steps to their end: at once where they are done soon, else in slices between which the event loop takes a turn.
 *
 * @returns what ends them before their time; undefined where they have ended
 */
export function runInSlices<T>(
  steps: Generator<void, T, undefined>,
  { done, failed }: StepsOutcome<T>,
): (() => void) | undefined {
  let next: NodeJS.Immediate | undefined;
  const goOn = (spentMs: number): void => {
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
      next = setImmediate(goOn, spent());
    }
  };
  goOn(0);
  return next && (() => clearImmediate(next));
}

/** The same, to be waited for. @throws what a step throws */
export function inSlices<T>(steps: Generator<void, T, undefined>): Promise<T> {
  return new Promise((resolve, reject) => {
    runInSlices(steps, { done: resolve, failed: reject });
  });
}
