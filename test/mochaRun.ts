import { readFile, writeFile } from 'node:fs/promises';
import type Mocha from 'mocha';

/** The result of a test run. */
export interface Tally {
  readonly passed: number;
  /** The title of each test that failed, and below it why. */
  readonly failures: readonly string[];
  readonly skipped: number;
}

/** Runs the tests loaded into `mocha`. */
export function runMocha(mocha: Mocha): Promise<Tally> {
  return new Promise((resolve) => {
    let passed = 0;
    let skipped = 0;
    const failures: string[] = [];
    mocha
      .run(() => resolve({ passed, failures, skipped }))
      .on('pass', () => passed++)
      .on('pending', () => skipped++)
      .on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}\n${indentedText(error)}`));
  });
}

/** An error as it is printed below the name of its test. */
export function indentedText({
  stack,
  message,
}: {
  readonly stack?: string;
  readonly message?: string;
}): string {
  return (stack ?? message ?? 'no message').replace(/^/gm, '    ');
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
