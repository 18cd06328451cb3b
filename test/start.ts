/**
 * `npm start`: the extension in a real VS Code, on the sandbox API with sample data and already signed in, with its
 * view and a row's details open, until Ctrl+C. `npm start -- --api https://…` uses a real service instead; sign in
 * there, or set ONA_API_KEY.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { parseApiUrl } from '../src/account/apiUrl.ts';
import { packageExtension } from './packageExtension.ts';
import { curlExamples } from './sandbox/curlExamples.ts';
import { startSandbox } from './sandbox/server.ts';
import type { ShownApi } from './start/firstWindow.ts';
import { startInBrowser } from './start/startInBrowser.ts';
import { startOnDesktop } from './start/startOnDesktop.ts';
import { findDesktop } from './vscode/desktop.ts';

const { values } = parseArgs({ options: { api: { type: 'string' }, port: { type: 'string' } } });

const stops: (() => Promise<unknown>)[] = [];
let stopping = false;

try {
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  const api = values.api === undefined ? await startSampleApi() : realApi(values.api);
  const vsix = await packageExtension();
  const desktop = await findDesktop();
  if (desktop === undefined) {
    await showInBrowser(vsix, api);
  } else {
    await showOnDesktop(desktop.executablePath, api);
  }
} catch (error) {
  await fail(error);
}

async function startSampleApi(): Promise<ShownApi> {
  const sandbox = await startSandbox();
  stops.push(() => sandbox.close());
  console.log(`Sandbox API: ${sandbox.url} (key ${sandbox.apiKey})`);
  console.log(`Change it while it runs:\n  ${curlExamples(sandbox).join('\n  ')}`);
  return { apiUrl: sandbox.url, apiKey: sandbox.apiKey };
}

function realApi(input: string): ShownApi {
  const parsed = parseApiUrl(input);
  if (!parsed.ok) {
    throw new Error(`--api ${input} is no API address (${parsed.problem}).`);
  }
  return { apiUrl: parsed.apiUrl, apiKey: process.env['ONA_API_KEY'] ?? process.env['GITPOD_API_KEY'] };
}

async function showInBrowser(vsix: string, api: ShownApi): Promise<void> {
  const port = values.port === undefined ? undefined : Number(values.port);
  const started = await startInBrowser(vsix, api, port);
  stops.push(() => started.stop());
  const url = started.host.openUrl(started.window);
  console.log(`\nVS Code with the extension is at\n\n  ${url}\n\nCtrl+C ends all of it.`);
  openInBrowser(url);
  void started.host.exited.then(() => stop(1));
}

/** Works with a desktop only; otherwise the printed address has to do. */
function openInBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env;
  if (process.platform !== 'linux' || DISPLAY !== '' || WAYLAND_DISPLAY !== '') {
    spawn(opener, [url], { stdio: 'ignore', detached: true })
      .on('error', () => console.log('Open that address in a browser.'))
      .unref();
  }
}

async function showOnDesktop(executable: string, api: ShownApi): Promise<void> {
  const started = await startOnDesktop(executable, api);
  stops.push(() => started.stop());
  console.log('VS Code opens with the extension. Ctrl+C ends all of it.');
  started.exited.then(() => stop(0), fail);
}

async function fail(error: unknown): Promise<void> {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
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
