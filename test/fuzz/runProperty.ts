import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { OnaApiError, OnaApiProblem } from '../../src/api/transport/errors.ts';
import type { FuzzServer } from './fuzzServer.ts';

/** The number of runs; `seed` and `path` repeat a failed one. */
export type Runs = Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'>;

/** How a property's runs ended. */
export interface Tally {
  values: number;
  readonly problems: Map<OnaApiProblem, number>;
}

export type Property = (server: FuzzServer, runs: Runs) => Promise<Tally>;

/** A run that takes longer is hung. In milliseconds. */
const HANG = 20_000;

/**
 * Counts how a run ended.
 * @param error undefined if it ended well
 */
export function count(tally: Tally, error: OnaApiError | undefined): void {
  if (error === undefined) {
    tally.values += 1;
  } else {
    tally.problems.set(error.problem, (tally.problems.get(error.problem) ?? 0) + 1);
  }
}

/**
 * Runs a property, and checks that no answer changes what every object inherits, and no error escapes.
 *
 * @throws an Error with the smallest counterexample, and the seed and path that repeat it
 */
export async function runProperty<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: Runs,
  run: (value: T, tally: Tally) => Promise<void>,
): Promise<Tally> {
  const tally: Tally = { values: 0, problems: new Map() };
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const escaped: unknown[] = [];
  const escape = (error: unknown) => escaped.push(error);
  process.on('uncaughtException', escape).on('unhandledRejection', escape);
  try {
    const property = fc.asyncProperty(arbitrary, async (value) => {
      await run(value, tally);
      assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), inherited);
      // Unhandled rejections are reported only after all microtasks.
      await setImmediate();
      assert.deepEqual(escaped.splice(0), [], 'an error escaped');
    });
    await fc.assert(property, { ...runs, timeout: HANG, includeErrorInReport: true });
  } finally {
    process.off('uncaughtException', escape).off('unhandledRejection', escape);
  }
  return tally;
}
