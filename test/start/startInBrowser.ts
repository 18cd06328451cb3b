import { join } from 'node:path';
import { packHelper } from '../packageExtension.ts';
import { removeAtExit } from '../vscode/child.ts';
import { type Host, startHost, type WindowOptions } from '../vscode/startHost.ts';
import { makeFirstWindow, OPENER, type ShownApi } from './firstWindow.ts';

/** A VS Code server that shows the product in a browser. */
export interface StartedInBrowser {
  readonly host: Host;
  /** The contents of its first window: open `host.openUrl(window)`. */
  readonly window: WindowOptions & { readonly folder: string };
  /** Ends it, and removes what was made for it. */
  stop(): Promise<void>;
}

/** @param port a free one by default */
export async function startInBrowser(vsix: string, api: ShownApi, port?: number): Promise<StartedInBrowser> {
  const { folder, settings, env, temporary, remove } = await makeFirstWindow(api);
  removeAtExit(temporary);
  try {
    const host = await startHost({
      settings,
      env,
      extensions: [vsix, await packHelper(OPENER, join(temporary, 'opener.vsix'))],
      driver: false,
      ...(port !== undefined && { port }),
    });
    return {
      host,
      window: { folder },
      async stop() {
        await host.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
