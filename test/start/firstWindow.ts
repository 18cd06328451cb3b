import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_ID } from '../../src/names.ts';
import type { Environment } from '../vscode/environment.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import { makeSampleFolder } from './sampleFolder.ts';

/** The extension that opens our view and a row's details in the first window. */
export const OPENER = join(import.meta.dirname, 'opener');

/** The API to show, and its key, if there is one already. */
export interface ShownApi {
  readonly apiUrl: string;
  readonly apiKey: string | undefined;
}

/** The contents of the `npm start` window, on desktop or in a browser. */
export interface FirstWindow {
  /** The folder to open in it. */
  readonly folder: string;
  /** In addition to the quiet ones. */
  readonly settings: Settings;
  /** Variables of its extension host. */
  readonly env: Environment;
  /** Contains `folder`, and whatever else is needed only as long as the window. */
  readonly temporary: string;
  /** Removes all of it. */
  readonly remove: () => Promise<void>;
}

/** Creates the folder, and returns the window's contents. */
export async function makeFirstWindow({ apiUrl, apiKey }: ShownApi): Promise<FirstWindow> {
  // Git reports a repository's real path, which differs on macOS.
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'ona-scm-')));
  return {
    folder: await makeSampleFolder(temporary),
    settings: {
      'onaScm.apiUrl': apiUrl,
      // Dark if the system is.
      'window.autoDetectColorScheme': true,
      // The opener follows a link to a row, and nothing can confirm it.
      'extensions.confirmedUriHandlerExtensionIds': [EXTENSION_ID],
    },
    env: { ONA_API_KEY: apiKey },
    temporary,
    remove: () => rm(temporary, { recursive: true, force: true, maxRetries: 5 }),
  };
}
