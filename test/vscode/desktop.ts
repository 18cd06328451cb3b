import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { cacheDir } from './cache.ts';
import { releases, type VSCodeVersion } from './installHost.ts';

/** Where VS Code releases are published. */
const updateService = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * A desktop VS Code, if available: the one named by `ONA_TEST_VSCODE` (a path, used as the newest), else one downloaded
 * into the cache, provided that there is a display and that VS Code's update service responds within 5 s. Otherwise
 * `undefined`, as with `ONA_TEST_VSCODE=npm`, which requests none.
 */
export async function findDesktop(
  version: VSCodeVersion = 'newest',
): Promise<{ readonly executablePath: string } | undefined> {
  const chosen = process.env['ONA_TEST_VSCODE'];
  if (chosen === 'npm') {
    return undefined;
  }
  if (chosen !== undefined && version === 'newest') {
    if (!existsSync(chosen)) {
      throw new Error(`ONA_TEST_VSCODE names ${chosen}, which does not exist`);
    }
    return { executablePath: resolve(chosen) };
  }
  if (!hasDisplay() || !(await isPublished())) {
    return undefined;
  }
  try {
    const executablePath = await downloadAndUnzipVSCode({
      version: version === 'newest' ? 'stable' : releases.oldest.version,
      cachePath: cacheDir,
      reporter: new SilentReporter(),
    });
    return { executablePath };
  } catch (error) {
    process.stderr.write(`No desktop VS Code: ${String(error)}\n`);
    return undefined;
  }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') {
    return true;
  }
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

async function isPublished(): Promise<boolean> {
  try {
    return (await fetch(updateService, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
