/** Milliseconds that work of many steps may keep the extension host at once. One turn of its event loop may have two. */
const SLICE_MS = 10;

/**
 * Runs steps to their end: at once where they are done soon, else in slices between which the event loop takes a turn.
 *
 * @param onDone takes the result, and how many milliseconds the steps took themselves
 * @returns what ends them before their time; undefined where they have ended
 */
export function runInSlices<T>(
  steps: Generator<void, T, undefined>,
  onDone: (result: T, spentMs: number) => void,
): (() => void) | undefined {
  let next: NodeJS.Immediate | undefined;
  const goOn = (spentMs: number): void => {
    next = undefined;
    const startedAt = performance.now();
    const spent = () => spentMs + performance.now() - startedAt;
    do {
      const step = steps.next();
      if (step.done === true) {
        onDone(step.value, spent());
        return;
      }
    } while (performance.now() < startedAt + SLICE_MS);
    next = setImmediate(goOn, spent());
  };
  goOn(0);
  return next && (() => clearImmediate(next));
}

/** The same, to be waited for. */
export function inSlices<T>(steps: Generator<void, T, undefined>): Promise<T> {
  return new Promise((resolve) => {
    runInSlices(steps, resolve);
  });
}
