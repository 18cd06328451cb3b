import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** Builds the extension as it is published. Gives the path of the VSIX. */
export async function packageExtension(): Promise<string> {
  const packagePath = resolve('out', 'ona-scm-integrations.vsix');
  await mkdir(dirname(packagePath), { recursive: true });
  await createVSIX({ packagePath, dependencies: false });
  return packagePath;
}

/** Packs an extension of plain JavaScript that runs beside ours in a test or at `npm start`. Gives the path of the VSIX. */
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
