import { readFile, writeFile } from 'node:fs/promises';
import type Mocha from 'mocha';

/** The result of a test run. */
export interface Tally {
  readonly passed: number;
  /** Of each test that failed: its title and why. */
  readonly failures: readonly string[];
  readonly skipped: number;
}

/** Runs the tests loaded into `mocha`. */
export function runMocha(mocha: Mocha): Promise<Tally> {
  return new Promise((resolve) => {
    const failures: string[] = [];
    const runner = mocha.run(() => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      resolve({ passed: passes, failures, skipped: pending });
    });
    runner.on('fail', (test, error: unknown) => {
      failures.push(`${test.fullTitle()}\n${indented(textOf(error))}`);
    });
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/** Names the file to which a run in another process writes its tally. */
export const TALLY_VARIABLE = 'ONA_TEST_TALLY';

export async function writeTally(file: string, tally: Tally): Promise<void> {
  await writeFile(file, JSON.stringify(tally));
}

/** A run that wrote no tally did not finish, which is a failure. */
export async function readTally(file: string): Promise<Tally> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Tally;
  } catch {
    return { passed: 0, failures: ['The tests did not finish.'], skipped: 0 };
  }
}
