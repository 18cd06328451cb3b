/**
 * Replaces desktop VS Code in a test run: takes its arguments, runs the tests module in the extension host of the VS
 * Code from npm, prints that extension host's output and exits with the exit code of `run()`. Usage: `launcher.ts
 * newest|oldest --extensionDevelopmentPath=… --extensionTestsPath=… [--user-data-dir=…] [folder]`
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Environment } from './environment.ts';
import type { VSCodeVersion } from './installHost.ts';
import type { Settings } from './quietSettings.ts';
import { type Host, startHost } from './startHost.ts';
import { mark, testsWrapper } from './testsWrapper.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Time limit for the tests to print their first line or end, in milliseconds. */
const timeToFirstSign = 60_000;
/** Time limit for a whole run, in milliseconds. */
const timeToEnd = 600_000;

interface Run {
  readonly version: VSCodeVersion;
  readonly developmentPath: string;
  readonly testsPath: string;
  readonly folder?: string;
  readonly settings: Settings;
  readonly workspaceTrust: boolean;
  readonly locale?: string;
}

async function readArguments(): Promise<Run> {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    // Other options of desktop VS Code are accepted and ignored.
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: string,
      extensionTestsPath: string,
      'user-data-dir': string,
      'disable-workspace-trust': { type: 'boolean' },
      locale: string,
    },
  });
  const [version, folder] = positionals;
  const value = (name: string): string | undefined => {
    const given = values[name];
    return typeof given === 'string' ? given : undefined;
  };
  const required = (name: string): string => {
    const given = value(name);
    if (given === undefined) {
      throw new Error(`--${name}=… is missing`);
    }
    return resolve(given);
  };
  if (version !== 'newest' && version !== 'oldest') {
    throw new Error('The first argument is newest or oldest');
  }
  const userData = value('user-data-dir');
  const locale = value('locale');
  return {
    version,
    developmentPath: required('extensionDevelopmentPath'),
    testsPath: required('extensionTestsPath'),
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
    settings: userData === undefined ? {} : await readSettings(join(userData, 'User', 'settings.json')),
    workspaceTrust: values['disable-workspace-trust'] !== true,
    ...(locale === undefined ? {} : { locale }),
  };
}

async function readSettings(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Settings;
}

/** A test run gets its caller's environment, including `ONA_*` variables, as with desktop VS Code. */
function givenEnvironment(): Environment {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(ONA|GITPOD)_/.test(name)));
}

async function run({ version, settings, workspaceTrust, testsPath, ...window }: Run): Promise<number> {
  let end: (code: number) => void;
  let fail: (error: unknown) => void;
  const ended = new Promise<number>((resolveCode, reject) => {
    end = resolveCode;
    fail = reject;
  });
  // A rejection before it is awaited must not end this process.
  ended.catch(() => undefined);
  const failAfter = (time: number, what: string): NodeJS.Timeout =>
    setTimeout(() => fail(new Error(`${what} within ${time / 1000} s`)), time);
  const total = failAfter(timeToEnd, 'The tests did not end');
  const first = failAfter(timeToFirstSign, 'The tests printed nothing');
  const console: string[] = [];
  const seen = { printed: false };
  let host: Host | undefined;
  let workbench: Workbench | undefined;
  try {
    host = await startHost({ version, settings, workspaceTrust, env: givenEnvironment() });
    void host.exited.then(() => fail(new Error(`VS Code's server ended:\n${host?.output() ?? ''}`)));
    const wrapper = join(host.dataDir, 'tests.cjs');
    await writeFile(wrapper, testsWrapper(testsPath));
    // The tests may end before the window counts as ready; its failure matters only while they run.
    openWorkbench(host, {
      ...window,
      testsPath: wrapper,
      async prepare(page) {
        page.on('crash', () => fail(new Error('The window crashed')));
        await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
          const text = format(...args);
          if (!text.startsWith(mark)) {
            return void console.push(text);
          }
          seen.printed = true;
          clearTimeout(first);
          (type === 'error' ? process.stderr : process.stdout).write(`${text.slice(mark.length)}\n`);
        });
        await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
      },
    }).then(
      (opened) => (workbench = opened),
      (error: unknown) => fail(error),
    );
    const code = await ended;
    // A run that failed before its first line (a module that does not load) reported why to the window only.
    if (code !== 0 && !seen.printed) {
      process.stderr.write(`${console.join('\n')}\n`);
    }
    return code;
  } catch (error) {
    const lines = console.slice(-40).join('\n');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}\nWhat the window last printed:\n${lines}`, { cause: error });
  } finally {
    clearTimeout(total);
    clearTimeout(first);
    await workbench?.close();
    await host?.stop();
  }
}

// Our parent may be killed without a signal to us; then nothing needs this run.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    process.exit(1);
  }
}, 1000).unref();

let code = 1;
try {
  code = await run(await readArguments());
} catch (error) {
  console.error(error);
}
// Flushes the output before exiting, even if something still listens.
process.stdout.write('', () => process.exit(code));
