import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache.ts';
import { findDesktop } from './desktop.ts';
import { installBrowser } from './installBrowser.ts';
import { installHost, type VSCodeVersion } from './installHost.ts';

/**
 * The program to pass to `runTests` of `@vscode/test-electron` as `vscodeExecutablePath`: desktop VS Code if available,
 * else a launcher (`launcher.ts`) that takes the same arguments and runs the tests in the VS Code from npm.
 */
export async function findVSCode(
  version: VSCodeVersion,
): Promise<{ readonly executablePath: string; readonly kind: 'desktop' | 'host' }> {
  const desktop = await findDesktop(version);
  if (desktop !== undefined) {
    return { ...desktop, kind: 'desktop' };
  }
  // Installed here already, so that the launcher's time limit covers only the tests.
  await Promise.all([installHost(version), installBrowser()]);
  return { executablePath: await writeLauncher(version), kind: 'host' };
}

/** `runTests` needs a single executable file, so the launcher's command line goes into a script. */
async function writeLauncher(version: VSCodeVersion): Promise<string> {
  const windows = process.platform === 'win32';
  const launcher = join(import.meta.dirname, 'launcher.ts');
  const tsx = import.meta.resolve('tsx');
  const command = [process.execPath, '--import', tsx, launcher, version].map((part) => `"${part}"`).join(' ');
  const script = windows ? `@${command} %*\r\n` : `#!/bin/sh\nexec ${command} "$@"\n`;
  const file = join(cacheDir, `launcher-${version}${windows ? '.cmd' : ''}`);
  const temporary = `${file}.${randomUUID()}`;
  await mkdir(cacheDir, { recursive: true });
  await writeFile(temporary, script, { mode: 0o755 });
  await rename(temporary, file);
  return file;
}
