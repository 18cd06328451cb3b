import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_ID } from '../../src/names.ts';
import type { Environment } from '../vscode/environment.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import { makeSampleFolder } from './sampleFolder.ts';

/** The extension that opens our view and a row's details in the first window. */
export const OPENER = join(import.meta.dirname, 'opener');

/** The API that is shown, and the key to it, if there is one already. */
export interface ShownApi {
  readonly apiUrl: string;
  readonly apiKey: string | undefined;
}

/** What the window of `npm start` is made of, whatever it runs in. */
export interface FirstWindow {
  /** The folder that is open in it. */
  readonly folder: string;
  /** Over those that keep it quiet. */
  readonly settings: Settings;
  /** Variables of its extension host. */
  readonly env: Environment;
  /** Where `folder` is, and what else is needed only as long as the window. */
  readonly temporary: string;
  /** Removes all of it. */
  readonly remove: () => Promise<void>;
}

/** Makes the folder, and says what else belongs to the window. */
export async function makeFirstWindow({ apiUrl, apiKey }: ShownApi): Promise<FirstWindow> {
  // Git tells the real path of a repository, which on macOS is another one.
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'ona-scm-')));
  return {
    folder: await makeSampleFolder(temporary),
    settings: {
      'onaScm.apiUrl': apiUrl,
      // Dark where everything else on the machine is.
      'window.autoDetectColorScheme': true,
      // The opener follows a link to a row, and nobody is there to allow it.
      'extensions.confirmedUriHandlerExtensionIds': [EXTENSION_ID],
    },
    env: { ONA_API_KEY: apiKey },
    temporary,
    remove: () => rm(temporary, { recursive: true, force: true, maxRetries: 5 }),
  };
}
