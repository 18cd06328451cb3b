import { test as base } from '@playwright/test';
import { useBrowser } from '../vscode/workbench.ts';
import { BareDetails } from './bareDetails.ts';
import type { OnaPage } from './onaPage.ts';
import { Scene, type SceneOptions } from './scene.ts';

interface Fixtures {
  /** The window that tests share, with the view open and loaded. */
  readonly ona: OnaPage;
  /** The details page without an editor. */
  readonly details: BareDetails;
  /** Opens a stage for the current test only. */
  readonly openScene: (options?: SceneOptions) => Promise<Scene>;
  readonly tidied: undefined;
}

/**
 * `test` on a stage of its own kind: all tests from one call of this function share a server, even across files.
 *
 * @param options the options, or a function that makes them before the server starts
 */
export function testOn(options: SceneOptions | (() => Promise<SceneOptions>)) {
  return base.extend<Fixtures, { readonly scene: Scene }>({
    scene: [
      // Playwright derives the fixtures it needs from the pattern: none.
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const scene = await Scene.open(typeof options === 'function' ? await options() : options);
        await use(scene);
        await scene.close();
      },
      { scope: 'worker', timeout: 60_000 },
    ],
    tidied: [
      async ({ scene }, use) => {
        await use(undefined);
        await scene.tidy();
      },
      { auto: true },
    ],
    ona: async ({ scene }, use) => {
      await use(await scene.window());
    },
    // eslint-disable-next-line no-empty-pattern
    details: async ({}, use) => {
      const { browser, release } = await useBrowser();
      const details = await BareDetails.open(browser);
      await use(details);
      await details.page.close();
      await release();
    },
    // eslint-disable-next-line no-empty-pattern
    openScene: async ({}, use) => {
      const scenes: Scene[] = [];
      await use(async (own) => {
        const scene = await Scene.open(own);
        scenes.push(scene);
        return scene;
      });
      for (const scene of scenes) {
        await scene.close();
      }
    },
  });
}

/** A test that starts signed out. */
export const signedOutTest = testOn({});

/** A test whose environment has a key of the sample organization: its rows load automatically. */
export const test = testOn({ env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }) });
