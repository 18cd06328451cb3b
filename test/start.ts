/**
 * `npm start`: the extension in a real VS Code, on the sandbox API with sample data and already signed in, until
 * Ctrl+C. `npm start -- --api https://…` uses a real service instead; one signs in there, or sets ONA_API_KEY.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseApiUrl } from '../src/account/apiUrl.ts';
import { packageExtension } from './packageExtension.ts';
import { startSandbox } from './sandbox/server.ts';
import { findDesktop } from './vscode/desktop.ts';
import { cleanEnvironment } from './vscode/environment.ts';
import { quietSettings } from './vscode/quietSettings.ts';
import { startHost } from './vscode/startHost.ts';

const { values } = parseArgs({ options: { api: { type: 'string' }, port: { type: 'string' } } });

const stops: (() => Promise<unknown>)[] = [];
let stopping = false;

try {
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  const { apiUrl, apiKey } = values.api === undefined ? await startSampleApi() : realApi(values.api);
  const settings = { 'onaScm.apiUrl': apiUrl };
  const vsix = await packageExtension();
  const desktop = await findDesktop();
  if (desktop === undefined) {
    await startInBrowser(vsix, settings, apiKey);
  } else {
    await startOnDesktop(desktop.executablePath, settings, apiKey);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}

async function startSampleApi(): Promise<{ apiUrl: string; apiKey: string }> {
  const sandbox = await startSandbox();
  stops.push(() => sandbox.close());
  console.log(`Sandbox API: ${sandbox.url} (key ${sandbox.apiKey})`);
  console.log(`Change it while it runs: curl -X PATCH ${sandbox.controlUrl} -d '{"latencyMs":1000}'`);
  return { apiUrl: sandbox.url, apiKey: sandbox.apiKey };
}

function realApi(input: string): { apiUrl: string; apiKey: string | undefined } {
  const parsed = parseApiUrl(input);
  if (!parsed.ok) {
    throw new Error(`--api ${input} is no API address (${parsed.problem}).`);
  }
  return { apiUrl: parsed.apiUrl, apiKey: process.env['ONA_API_KEY'] ?? process.env['GITPOD_API_KEY'] };
}

async function startInBrowser(vsix: string, settings: object, apiKey: string | undefined): Promise<void> {
  const host = await startHost({
    settings: { ...settings },
    extensions: [vsix],
    env: { ONA_API_KEY: apiKey },
    ...(values.port !== undefined && { port: Number(values.port) }),
  });
  stops.push(() => host.stop());
  const url = host.openUrl({ folder: resolve('.') });
  console.log(
    `\nVS Code with the extension is at\n\n  ${url}\n\nThe view is "Ona SCM" in the activity bar. Ctrl+C ends all of it.`,
  );
  openInBrowser(url);
  void host.exited.then(() => stop(1));
}

/** Where there is a desktop; elsewhere the address above is all that can be given. */
function openInBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env;
  if (process.platform !== 'linux' || DISPLAY !== '' || WAYLAND_DISPLAY !== '') {
    spawn(opener, [url], { stdio: 'ignore', detached: true })
      .on('error', () => console.log('Open that address in a browser.'))
      .unref();
  }
}

async function startOnDesktop(
  executable: string,
  settings: object,
  apiKey: string | undefined,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'ona-scm-'));
  stops.push(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const vscode = spawn(
    executable,
    [
      `--extensionDevelopmentPath=${resolve('.')}`,
      `--user-data-dir=${profile}`,
      '--disable-extensions',
      resolve('.'),
    ],
    { stdio: 'ignore', env: cleanEnvironment({ ONA_API_KEY: apiKey }) },
  );
  stops.push(() => Promise.resolve(vscode.kill()));
  vscode.on('error', (error) => {
    console.error(error.message);
    void stop(1);
  });
  vscode.on('exit', () => void stop(0));
  console.log(
    'VS Code opens with the extension: the view is "Ona SCM" in the activity bar. Ctrl+C ends all of it.',
  );
}

async function stop(code: number): Promise<void> {
  if (!stopping) {
    stopping = true;
    for (const end of stops.reverse()) {
      await end();
    }
    process.exit(code);
  }
}
