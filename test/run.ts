/**
 * Everything that `npm test` runs, or the parts named: `npm test -- unit integration ui`, and of those the tests that
 * match a pattern: `npm test -- ui --grep "signs in"`.
 */
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import Mocha from 'mocha';
import { readTally, runMocha, sum, type Tally, TALLY_VARIABLE } from './mochaRun.ts';
import { packageExtension } from './packageExtension.ts';
import { findVSCode } from './vscode/findVSCode.ts';
import { installBrowser } from './vscode/installBrowser.ts';
import { installHost } from './vscode/installHost.ts';

const PARTS = ['unit', 'integration', 'ui'] as const;
type Part = (typeof PARTS)[number];

const { values, positionals } = parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.filter((part) => !(PARTS as readonly string[]).includes(part));
if (unknown.length > 0) {
  throw new Error(`No such tests: ${unknown.join(', ')}. There are ${PARTS.join(', ')}.`);
}
const parts = positionals.length === 0 ? PARTS : PARTS.filter((part) => positionals.includes(part));

const run: Record<Part, () => Promise<Tally>> = {
  unit: () => runFiles('test/unit', { timeout: 20_000 }),
  integration: runIntegration,
  ui: async () => {
    await Promise.all([installBrowser(), installHost('newest'), installHost('oldest')]);
    // A window waits more than it works: two at a time.
    return runFiles('test/ui', { timeout: 120_000, parallel: true, jobs: 2 });
  },
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
const { passed, failed, skipped } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function runFiles(folder: string, options: Mocha.MochaOptions): Promise<Tally> {
  const mocha = new Mocha({ ...options, ...(values.grep !== undefined && { grep: values.grep }) });
  readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .forEach((file) => mocha.addFile(resolve(folder, file)));
  if (options.parallel !== true) {
    await mocha.loadFilesAsync();
  }
  return runMocha(mocha);
}

/** The tests inside the extension host of a real VS Code, with the extension as F5 loads it. */
async function runIntegration(): Promise<Tally> {
  const tests = resolve('out/integration/index.cjs');
  const tally = resolve('out/integration/tally.json');
  await mkdir(dirname(tally), { recursive: true });
  await rm(tally, { force: true });
  await esbuild.build({
    entryPoints: ['test/integration/index.ts'],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
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
  return readTally(tally).catch(() => ({ passed: 0, failed: 1, skipped: 0 }));
}
