import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import * as esbuild from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { extensionHostOptions } from '../../bundles.ts';
import type { Host } from '../vscode/startHost.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/workbench.ts';
import { exchange } from './exchange.ts';

/** Time limit for a probe in its window, in milliseconds. */
const TIME_TO_END = 600_000;

/** A module whose `run()` measures inside the extension host. */
export interface Probe<Input, Output> {
  /** Runs it in a new window, and so a new extension host, of `host`, with the stored data of `context`. */
  run(host: Host, input: Input, context?: BrowserContext): Promise<Output>;
}

/**
 * Builds a probe.
 *
 * @param entry its TypeScript source, beside this file
 * @param folder what the hosts' `ONA_BENCH_EXCHANGE` names; emptied before each run
 */
export async function buildProbe<Input, Output>(
  entry: string,
  folder: string,
): Promise<Probe<Input, Output>> {
  // Only a manifest: VS Code requires an extension under development along with a tests module.
  const developmentPath = join(folder, 'probe');
  const testsPath = join(developmentPath, entry.replace(/\.ts$/, '.cjs'));
  await mkdir(developmentPath, { recursive: true });
  const manifest = { name: 'probe', publisher: 'bench', version: '0.0.0', engines: { vscode: '*' } };
  await writeFile(join(developmentPath, 'package.json'), JSON.stringify(manifest));
  await esbuild.build({
    ...extensionHostOptions,
    entryPoints: [resolve(import.meta.dirname, entry)],
    outfile: testsPath,
    format: 'cjs',
  });
  return {
    async run(host, input, context) {
      await rm(join(folder, 'output.json'), { force: true });
      await exchange.input.write(folder, input);
      await runWindow(host, { developmentPath, testsPath, ...(context && { context }) });
      return (await exchange.output.read(folder)) as Output;
    },
  };
}

/** Opens a window, waits until its tests module ends, and closes it. */
async function runWindow(host: Host, options: WorkbenchOptions): Promise<void> {
  const printed: string[] = [];
  let opening: Promise<Workbench> | undefined;
  let timeout: NodeJS.Timeout | undefined;
  try {
    const code = await new Promise<number>((end, fail) => {
      timeout = setTimeout(() => fail(new Error('The probe did not end')), TIME_TO_END);
      void host.exited.then(() => fail(new Error(`VS Code's server ended:\n${host.output()}`)));
      opening = openWorkbench(host, {
        ...options,
        async prepare(page) {
          page.on('crash', () => fail(new Error('The window crashed')));
          await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
            printed.push(format(...args));
          });
          await page.exposeFunction('codeAutomationExit', end);
        },
      });
      opening.catch(fail);
    });
    if (code !== 0) {
      throw new Error(`The probe failed. The window's last lines:\n${printed.slice(-20).join('\n')}`);
    }
  } finally {
    clearTimeout(timeout);
    // A window that did not open has already failed.
    await opening?.then(
      (workbench) => workbench.close(),
      () => undefined,
    );
  }
}
