import { hostname } from 'node:os';
import { env, ExtensionKind, UIKind, workspace } from 'vscode';
import type { SentFrom } from '../api/transport/errors.ts';

/** Where this extension runs; undefined if that is the user's own computer. */
export function extensionPlace(kind: ExtensionKind): Promise<SentFrom> | undefined {
  const isBrowser = env.uiKind === UIKind.Web;
  if (kind === ExtensionKind.UI || (env.remoteName === undefined && !isBrowser)) {
    return undefined;
  }
  return placeOf(isBrowser);
}

async function placeOf(isBrowser: boolean): Promise<SentFrom> {
  const { placeLabel } = await import('../words/placeLabel.ts');
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'vscode-remote');
  return {
    label: placeLabel(env.remoteName, folder?.uri.authority, hostname()),
    // An editor in a browser has no other machine to run extensions on.
    canRunLocally: !isBrowser,
  };
}
