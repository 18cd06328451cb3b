import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Child, removeAtExit, startChild } from './child.ts';
import { cleanEnvironment, type Environment } from './environment.ts';
import { type HostInstallation, installHost, selectBuiltins, type VSCodeVersion } from './installHost.ts';
import { quietSettings, type Settings } from './quietSettings.ts';

export interface HostOptions {
  readonly version?: VSCodeVersion;
  /** The server's data (settings, logs, extensions). A temporary folder by default, removed at stop. */
  readonly dataDir?: string;
  /** User settings, added to those that keep the workbench quiet. */
  readonly settings?: Settings;
  /** Variables for the extension host; the user's `ONA_*` and `GITPOD_*` are never passed on otherwise. */
  readonly env?: Environment;
  /** Whether folders need to be trusted first (Restricted Mode). Everything is trusted by default. */
  readonly workspaceTrust?: boolean;
  /** VSIX files to install before the start, as a user would. */
  readonly extensions?: readonly string[];
  /** Where extensions are installed: many servers can share a folder filled by `installExtensions`. */
  readonly extensionsDir?: string;
  /** VS Code's own extensions to include, by folder name; all by default. */
  readonly builtins?: readonly string[] | 'all';
  /** A free one by default. */
  readonly port?: number;
  /** Whether tests drive its windows, the default: then no notifications pop up, and editors are never modal. */
  readonly driver?: boolean;
}

/** What a window of the host opens, all paths absolute. */
export interface WindowOptions {
  readonly folder?: string;
  /** A `.code-workspace` file. */
  readonly workspace?: string;
  /** Runs the extension in this folder, as F5 does. Needs a driver. */
  readonly developmentPath?: string;
  /** The module whose `run()` is called in the extension host. */
  readonly testsPath?: string;
  /** Where the extension under development runs: in Node.js (`workspace`, the default) or in the browser (`web`). */
  readonly extensionKind?: 'workspace' | 'web';
}

/** A running VS Code server, showing its workbench to any browser on this machine. */
export interface Host {
  /** `http://127.0.0.1:<port>`, to be completed by `openUrl`. */
  readonly url: string;
  readonly port: number;
  /** The log folder; extensions log below it. */
  readonly logsDir: string;
  readonly dataDir: string;
  /** Whether tests drive its windows (`HostOptions.driver`). */
  readonly hasDriver: boolean;
  /** The server's output so far. */
  output(): string;
  /** The URL of the requested window. */
  openUrl(options?: WindowOptions): string;
  /** Changes user settings on disk; open windows follow. `undefined` removes a setting. */
  updateSettings(changes: Settings): Promise<void>;
  /** Settles when the server has ended, by `stop` or by itself. */
  readonly exited: Promise<void>;
  /** Ends the server, its extension hosts and all they started, and removes a temporary data folder. */
  stop(): Promise<void>;
}

/** Starts a real VS Code server, installing it first if needed. Nothing it starts outlives this process. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const installation = await installHost(options.version ?? 'newest');
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'vscode-host-')));
  if (temporary) {
    removeAtExit(dataDir);
  }
  const settingsFile = join(dataDir, 'data', 'User', 'settings.json');
  let server: Child | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    if (temporary) {
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  try {
    await changeSettings(settingsFile, { ...quietSettings, ...options.settings });
    await installFiles(installation, dataDir, options.extensions ?? []);
    const { builtins = 'all', driver: hasDriver = true } = options;
    const start = startServer(installation, dataDir, {
      ...options,
      ...(builtins !== 'all' && { builtinsDir: await selectBuiltins(installation, builtins) }),
    });
    server = start.child;
    const port = await start.port;
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      logsDir: join(dataDir, 'data', 'logs'),
      dataDir,
      hasDriver,
      output: start.output,
      openUrl: (window = {}) => openUrl(port, window, hasDriver),
      updateSettings: (changes) => changeSettings(settingsFile, changes),
      exited: server.exited,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface StartOptions extends HostOptions {
  readonly builtinsDir?: string;
}

function startServer(
  installation: HostInstallation,
  dataDir: string,
  { env, port = 0, workspaceTrust = false, driver = true, extensionsDir, builtinsDir }: StartOptions,
): { child: Child; output: () => string; port: Promise<number> } {
  const { child, output } = runServer(
    installation,
    dataDir,
    [
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--telemetry-level', 'off'],
      ...(driver ? ['--enable-smoke-test-driver'] : []),
      // A login shell would restore the removed variables, and is slow.
      '--force-disable-user-env',
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(extensionsDir === undefined ? [] : ['--extensions-dir', extensionsDir]),
      ...(builtinsDir === undefined ? [] : ['--builtin-extensions-dir', builtinsDir]),
    ],
    // No gallery: every window would query it about its extensions.
    { EXTENSIONS_GALLERY: '{}', ...env },
  );
  const listening = new Promise<number>((resolvePort, reject) => {
    child.stdout.on('data', () => {
      const found = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (found !== undefined) {
        resolvePort(Number(found));
      }
    });
    void child.exited.then(() => reject(new Error(`VS Code's server ended at its start:\n${output()}`)));
  });
  return { child, output, port: listening };
}

/** Installs VSIX files into `extensionsDir`, for servers that are started with it. */
export async function installExtensions(
  version: VSCodeVersion,
  extensionsDir: string,
  vsixFiles: readonly string[],
): Promise<void> {
  const installation = await installHost(version);
  const dataDir = await mkdtemp(join(tmpdir(), 'vscode-install-'));
  try {
    await installFiles(installation, dataDir, vsixFiles, extensionsDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function installFiles(
  installation: HostInstallation,
  dataDir: string,
  vsixFiles: readonly string[],
  extensionsDir?: string,
): Promise<void> {
  if (vsixFiles.length === 0) {
    return;
  }
  const { child, output } = runServer(installation, dataDir, [
    ...vsixFiles.flatMap((vsix) => ['--install-extension', resolve(vsix)]),
    ...(extensionsDir === undefined ? [] : ['--extensions-dir', extensionsDir]),
  ]);
  await child.exited;
  if (output().split('was successfully installed').length <= vsixFiles.length) {
    throw new Error(`VS Code did not install ${vsixFiles.join(' and ')}:\n${output()}`);
  }
}

function runServer(
  { node, serverMain }: HostInstallation,
  dataDir: string,
  args: readonly string[],
  env: Environment = {},
): { child: Child; output: () => string } {
  const always = ['--accept-server-license-terms', '--server-data-dir', dataDir];
  const child = startChild(node, [serverMain, ...always, ...args], cleanEnvironment(env));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return { child, output: () => text };
}

function openUrl(port: number, window: WindowOptions, hasDriver: boolean): string {
  const authority = `127.0.0.1:${port}`;
  const remote = (path: string): string => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const payload: [string, string][] = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (window.developmentPath !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(window.developmentPath)]);
    payload.push(['extensionDevelopmentKind', window.extensionKind ?? 'workspace']);
  }
  if (window.testsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(window.testsPath)]);
  }
  // Ignored without a driver.
  const query = new URLSearchParams(hasDriver ? { payload: JSON.stringify(payload) } : {});
  // `ew` requests an empty window; without it the last folder would reopen.
  const pathOf = (path: string): string => decodeURIComponent(pathToFileURL(path).pathname);
  if (window.workspace !== undefined) {
    query.set('workspace', pathOf(window.workspace));
  } else if (window.folder !== undefined) {
    query.set('folder', pathOf(window.folder));
  } else {
    query.set('ew', 'true');
  }
  return `http://${authority}/?${query.toString()}`;
}

async function changeSettings(file: string, changes: Settings): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const current = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Settings;
  await writeFile(file, JSON.stringify({ ...current, ...changes }, undefined, 2));
}
