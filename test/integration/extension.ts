import assert from 'node:assert/strict';
import { ConfigurationTarget, extensions, workspace } from 'vscode';
import type { InventorySnapshot, OnaScmApi } from '../../src/exportedApi.ts';
import { EXTENSION_ID } from '../../src/names.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The extension, as seen by other extensions. */
export function extension() {
  const found = extensions.getExtension<OnaScmApi>(EXTENSION_ID);
  assert.ok(found, 'the extension is installed');
  return found;
}

/** Points the extension at an API, as a user does in the settings; undefined removes the setting. */
export async function setApiUrl(url: string | undefined): Promise<void> {
  await workspace.getConfiguration('onaScm').update('apiUrl', url, ConfigurationTarget.Global);
}

/** Signs in to a sandbox with its key in the environment. */
export async function signInTo(sandbox: Sandbox): Promise<OnaScmApi> {
  const api = await extension().activate();
  process.env['ONA_API_KEY'] = sandbox.apiKey;
  await setApiUrl(sandbox.url);
  await snapshotWhere(api, ({ state }) => state !== 'signedOut');
  return api;
}

/** Undoes `signInTo`, and closes the sandbox. */
export async function signOutOf(sandbox: Sandbox): Promise<void> {
  delete process.env['ONA_API_KEY'];
  await setApiUrl(undefined);
  await sandbox.close();
}

/** The first snapshot for which `condition` holds, now or at a later change. */
export function snapshotWhere(
  api: OnaScmApi,
  condition: (snapshot: InventorySnapshot) => boolean,
): Promise<InventorySnapshot> {
  return new Promise((resolve) => {
    const look = (snapshot: InventorySnapshot) => {
      if (condition(snapshot)) {
        listener.dispose();
        resolve(snapshot);
      }
    };
    const listener = api.onDidChange(look);
    look(api.snapshot());
  });
}
