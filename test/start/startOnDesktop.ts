import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cleanEnvironment } from '../vscode/environment.ts';
import { quietSettings } from '../vscode/quietSettings.ts';
import { makeFirstWindow, OPENER, type ShownApi } from './firstWindow.ts';

/** A desktop VS Code that shows the product. */
export interface StartedOnDesktop {
  /** Settles when it has ended; rejects if it could not start. */
  readonly exited: Promise<void>;
  /** Ends it, and removes what was made for it. */
  stop(): Promise<void>;
}

/** Starts a desktop VS Code with the last build of the extension, and its own profile. */
export async function startOnDesktop(executable: string, api: ShownApi): Promise<StartedOnDesktop> {
  const { folder, settings, env, temporary, remove } = await makeFirstWindow(api);
  const profile = join(temporary, 'profile');
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const vscode = spawn(
    executable,
    [
      ...[resolve('.'), OPENER].map((extension) => `--extensionDevelopmentPath=${extension}`),
      `--user-data-dir=${profile}`,
      ...['--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
      folder,
    ],
    { stdio: 'ignore', env: cleanEnvironment(env) },
  );
  return {
    exited: new Promise((end, fail) => void vscode.on('exit', () => end()).on('error', fail)),
    async stop() {
      vscode.kill();
      await remove();
    },
  };
}
