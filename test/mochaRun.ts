import { readFile, writeFile } from 'node:fs/promises';
import type Mocha from 'mocha';

/** The result of a test run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs the tests loaded into `mocha`. */
export function runMocha(mocha: Mocha): Promise<Tally> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/** Names the file to which a run in another process writes its tally. */
export const TALLY_VARIABLE = 'ONA_TEST_TALLY';

export async function writeTally(file: string, tally: Tally): Promise<void> {
  await writeFile(file, JSON.stringify(tally));
}

/** @throws if the run wrote none, because it did not finish */
export async function readTally(file: string): Promise<Tally> {
  return JSON.parse(await readFile(file, 'utf8')) as Tally;
}
