import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** The extension as published. */
export const VSIX = resolve('out', 'ona-scm-integrations.vsix');

/** Builds the VSIX. Returns its path. */
export async function packageExtension(): Promise<string> {
  await mkdir(dirname(VSIX), { recursive: true });
  await createVSIX({ packagePath: VSIX, dependencies: false });
  return VSIX;
}

/**
 * Packs an extension of plain JavaScript that runs beside ours in a test or at `npm start`. Returns the VSIX's path.
 */
export async function packHelper(cwd: string, packagePath: string): Promise<string> {
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    allowStarActivation: true,
    skipLicense: true,
  });
  return packagePath;
}
