/**
 * `npm run screenshots`: the README's pictures, taken of the real workbench on the sandbox's sample organization, in a
 * light and a dark theme. With `--all FOLDER`, pages of the details panel in four themes, narrow and wide, for a look.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './packageExtension.ts';
import type { OnaPage } from './ui/onaPage.ts';
import { Scene } from './ui/scene.ts';

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

const { values } = parseArgs({ options: { all: { type: 'string' } } });
await packageExtension();
const scene = await Scene.open({ env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }) });
try {
  if (values.all === undefined) {
    await takeReadmePictures(join('docs', 'images'));
  } else {
    await takeAllThemes(values.all);
  }
} finally {
  await scene.close();
}
process.exit(0);

async function takeReadmePictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const viewport = { width: 1180, height: 720 };
  const dark = await openWindow(THEMES.dark, viewport);
  await dark.expand(/^Runner us-staging/);
  await showDetails(dark);
  await dark.workbench.screenshot(join(folder, 'overview-dark.png'));
  await scene.reset(undefined);

  const light = await openWindow(THEMES.light, viewport);
  await light.expand(/^Runner us-staging/);
  await showDetails(light);
  await light.row(/^Runner us-staging/).hover();
  await light.page.locator('.monaco-hover:visible').getByText('certificate expired').waitFor();
  await light.page.screenshot({
    path: join(folder, 'tooltip-light.png'),
    clip: { x: 48, y: 36, width: 760, height: 600 },
  });
}

async function takeAllThemes(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, theme] of Object.entries(THEMES)) {
    const take = async (ona: OnaPage, page: string) => {
      for (const [width, height] of [
        [1600, 1200],
        [300, 1900],
      ] as const) {
        await ona.page.setViewportSize({ width: width + 48, height });
        await ona.workbench.screenshot(join(folder, `${page}-${name}-${width}.png`));
      }
    };
    const ona = await openWindow(theme, { width: 1648, height: 1200 });
    await showDetails(ona);
    await hideSidebar(ona);
    await take(ona, 'integration');
    await ona.details.expandMore();
    await ona.details.button('eu-production').click();
    await ona.details.waitFor('eu-production');
    await take(ona, 'runner');
    await scene.reset(undefined);

    const other = await openWindow(theme, { width: 1648, height: 1200 });
    await other.expand(/^Runner us-staging/);
    await other.row(/^Integration github\.acme\.example/).click();
    await other.details.waitFor('github.acme.example');
    await hideSidebar(other);
    await take(other, 'trouble');
    await scene.reset(undefined);
  }
}

/** Without it the panel has nearly the window's width. */
async function hideSidebar(ona: OnaPage): Promise<void> {
  await ona.page.keyboard.press('Control+b');
  await ona.view.waitFor({ state: 'hidden' });
}

async function openWindow(theme: string, viewport: { width: number; height: number }): Promise<OnaPage> {
  const ona = await scene.newWindow({ theme, viewport });
  await ona.openView();
  await ona.row(/^Runner eu-production: 4 integrations/).waitFor();
  await ona.expand(/^Runner eu-production/);
  return ona;
}

async function showDetails(ona: OnaPage): Promise<void> {
  await ona.row(/^Integration gitlab\.acme/).click();
  await ona.details.waitFor('gitlab.acme.example:8443');
  await ona.details.frame.getByText('As of').waitFor();
}
