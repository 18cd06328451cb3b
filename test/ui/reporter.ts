import { relative } from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { indentedText, TALLY_VARIABLE, writeTally } from '../mochaRun.ts';
import { readRecords } from './records.ts';

/** A run with more flaky tests than this fails: a pass would be luck. */
const MOST_FLAKY = 2;

/** Prints each test as it ends, then how long the run took and how stable it was. */
export default class UiReporter implements Reporter {
  readonly #ended = new Set<TestCase>();

  /** Keeps Playwright from adding a reporter of its own. */
  printsToStdio(): boolean {
    return true;
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  /** Errors outside of tests, such as in `globalSetup` or in a file that does not load. */
  onError(error: { readonly stack?: string; readonly message?: string }): void {
    console.error(error.stack ?? error.message);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#ended.add(test);
    const seconds = (result.duration / 1000).toFixed(1);
    if (result.status === 'skipped') {
      console.log(`  - ${titleOf(test)}`);
    } else if (result.status === 'passed') {
      console.log(`  ✔ ${titleOf(test)} (${seconds} s)`);
      if (result.retry > 0) {
        printFlaky(test);
      }
    } else {
      const again = result.retry < test.retries ? ', tried again' : '';
      console.log(`  ✘ ${titleOf(test)} (${seconds} s${again})`);
      printFailure(result);
    }
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    const tests = [...this.#ended];
    const testsThatWere = (outcome: ReturnType<TestCase['outcome']>) =>
      tests.filter((test) => test.outcome() === outcome);
    const unexpected = testsThatWere('unexpected');
    const flaky = testsThatWere('flaky');
    const isTooFlaky = flaky.length > MOST_FLAKY;
    await printRecords(tests.reduce((sum, { results }) => sum + results.length - 1, 0));
    const failures = [...unexpected, ...(isTooFlaky ? flaky : [])].map(failureOf);
    if (status !== 'passed' && unexpected.length === 0) {
      failures.push(`The run of the UI tests ${status}.`);
    }
    const passed = testsThatWere('expected').length + (isTooFlaky ? 0 : flaky.length);
    if (isTooFlaky) {
      console.log(`${flaky.length} tests passed only when they were tried again; at most ${MOST_FLAKY} may.`);
    }
    const file = process.env[TALLY_VARIABLE];
    if (file !== undefined) {
      await writeTally(file, { passed, failures, skipped: testsThatWere('skipped').length });
    }
    return { status: failures.length > 0 ? 'failed' : status };
  }
}

/** A test that failed, then passed: why, with the picture of the first try and the trace of the second. */
function printFlaky(test: TestCase): void {
  console.log(`flaky: ${titleOf(test)}`);
  test.results.forEach(printFailure);
}

function failureOf(test: TestCase): string {
  return [titleOf(test), ...test.results.flatMap(({ errors }) => errors.map(indentedText))].join('\n');
}

function printFailure({ errors, attachments }: TestResult): void {
  errors.forEach((error) => console.log(indentedText(error)));
  for (const { name, path } of attachments) {
    if (path !== undefined) {
      console.log(`    ${name}: ${relative('.', path)}`);
    }
  }
}

async function printRecords(retries: number): Promise<void> {
  const records = await readRecords();
  const times = records
    .filter((entry) => entry.kind === 'window')
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  const left = records.filter((entry) => entry.kind === 'left').reduce((sum, { count }) => sum + count, 0);
  const seconds = (ms = 0) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `\n${times.length} windows opened, in ${seconds(times[Math.floor(times.length / 2)])} (median), ` +
      `${seconds(times.at(-1))} (longest); ${retries} retries; ${left} extension hosts left alive`,
  );
}

/** The names of the groups that a test is in, then its own. */
function titleOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).slice(1).join(' ');
}
