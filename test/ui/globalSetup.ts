import { rm } from 'node:fs/promises';
import { installBrowser } from '../vscode/installBrowser.ts';
import { installHost } from '../vscode/installHost.ts';
import { installExtensions } from '../vscode/startHost.ts';
import { extensionsDir, vsixFiles } from './scene.ts';

/** Installs both VS Codes and the browser if missing, and the extension as just built by `npm test`. */
export default async function globalSetup(): Promise<void> {
  const [files] = await Promise.all([
    vsixFiles(),
    installBrowser(),
    installHost('newest'),
    installHost('oldest'),
  ]);
  for (const version of ['newest', 'oldest'] as const) {
    await rm(extensionsDir(version), { recursive: true, force: true });
    await installExtensions(version, extensionsDir(version), files);
  }
}
