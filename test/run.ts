/**
 * Everything that `npm test` runs, or only some parts: `npm test -- unit package integration ui`, optionally only tests
 * that match a pattern: `npm test -- ui --grep "signs in"`. To hunt a flaky UI test: `--repeat 20` runs each test 20
 * times, `--slow 4` slows the windows' CPU down by a factor of four.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import Mocha from 'mocha';
import { extensionHostOptions } from '../bundles.ts';
import { readTally, runMocha, sum, type Tally, TALLY_VARIABLE } from './mochaRun.ts';
import { packageExtension } from './packageExtension.ts';
import { SLOWDOWN_VARIABLE } from './ui/speed.ts';
import { findVSCode } from './vscode/findVSCode.ts';

const PARTS = ['unit', 'package', 'integration', 'ui'] as const;
type Part = (typeof PARTS)[number];

const string = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { grep: string, repeat: string, slow: string },
  allowPositionals: true,
});
const unknown = positionals.filter((part) => !(PARTS as readonly string[]).includes(part));
if (unknown.length > 0) {
  throw new Error(`No such tests: ${unknown.join(', ')}. There are ${PARTS.join(', ')}.`);
}
const parts = positionals.length === 0 ? PARTS : PARTS.filter((part) => positionals.includes(part));

const run: Record<Part, () => Promise<Tally>> = {
  unit: () => runInNode('unit'),
  package: () => runInNode('package'),
  integration: runIntegration,
  ui: runUi,
};

if (parts.some((part) => part !== 'unit')) {
  await packageExtension();
}
const tallies: Tally[] = [];
for (const part of parts) {
  console.log(`\n=== ${part} ===`);
  const startedAt = performance.now();
  tallies.push(await run[part]());
  console.log(`${part}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
}
const { passed, failures, skipped } = sum(tallies);
// Once more at the end, which is all that some logs keep of a long run.
failures.forEach((failure) => console.log(`\n✘ ${failure}`));
console.log(`\n${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failures.length > 0 || passed === 0 ? 1 : 0);

/** The tests in the workbench, by Playwright's runner in a separate process. */
async function runUi(): Promise<Tally> {
  const tally = resolve('out', 'ui-tally.json');
  await rm(tally, { force: true });
  const cli = join(dirname(fileURLToPath(import.meta.resolve('@playwright/test/package.json'))), 'cli.js');
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [`--${name}`, value]);
  const args = [
    ...['test', '--config', resolve('test', 'ui', 'playwright.config.ts')],
    ...(values.grep === undefined ? [] : ['--grep', values.grep, '--pass-with-no-tests']),
    ...flag('repeat-each', values.repeat),
  ];
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      [TALLY_VARIABLE]: tally,
      ...(values.slow !== undefined && { [SLOWDOWN_VARIABLE]: values.slow }),
    },
  });
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', forward).off('SIGTERM', forward);
  const result = await readTally(tally);
  return code !== 0 && result.failures.length === 0
    ? { ...result, failures: [`The runner of the UI tests ended with code ${code}.`] }
    : result;
}

/** Tests in plain Node.js: those of `test/<part>`. */
async function runInNode(part: Part): Promise<Tally> {
  const mocha = new Mocha({ timeout: 20_000, ...(values.grep !== undefined && { grep: values.grep }) });
  const folder = resolve('test', part);
  readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .forEach((file) => mocha.addFile(join(folder, file)));
  await mocha.loadFilesAsync();
  return runMocha(mocha);
}

/** The tests inside the extension host of a real VS Code, with the extension loaded as by F5. */
async function runIntegration(): Promise<Tally> {
  const tests = resolve('out/integration/index.cjs');
  const tally = resolve('out/integration/tally.json');
  await mkdir(dirname(tally), { recursive: true });
  await rm(tally, { force: true });
  await esbuild.build({
    ...extensionHostOptions,
    entryPoints: ['test/integration/index.ts'],
    outfile: tests,
    format: 'cjs',
    external: [...extensionHostOptions.external, 'mocha'],
    sourcemap: 'inline',
  });
  const { executablePath, kind } = await findVSCode('newest');
  console.log(kind === 'desktop' ? 'In desktop VS Code' : 'In the VS Code from npm');
  await runTests({
    vscodeExecutablePath: executablePath,
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: tests,
    extensionTestsEnv: { [TALLY_VARIABLE]: tally, ONA_TEST_GREP: values.grep ?? '' },
  }).catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  return readTally(tally);
}
