/**
 * `npm run screenshots`: the README's pictures, of the real workbench with the sandbox's sample organization, in a
 * light and a dark theme. With `--all FOLDER`, the tree and the details panel in four themes, and some pictures in
 * German and Japanese, for review.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './packageExtension.ts';
import { runnerNamed } from './sandbox/lookup.ts';
import installEverything from './ui/globalSetup.ts';
import type { OnaPage } from './ui/onaPage.ts';
import { Scene } from './ui/scene.ts';

/** A color theme: its name in the setting, and the CSS class it gives a window. */
interface Theme {
  readonly id: string;
  readonly windowClass: string;
}

const THEMES = {
  dark: { id: 'Dark Modern', windowClass: 'vs-dark' },
  light: { id: 'Light Modern', windowClass: 'vs' },
  'high-contrast': { id: 'Default High Contrast', windowClass: 'hc-black' },
  'high-contrast-light': { id: 'Default High Contrast Light', windowClass: 'hc-light' },
} satisfies Record<string, Theme>;

const { values } = parseArgs({ options: { all: { type: 'string' } } });
await packageExtension();
await installEverything();
const scene = await Scene.open({
  env: ({ apiKey }) => ({ ONA_API_KEY: apiKey }),
  settings: { 'workbench.hover.delay': 300 },
  builtins: 'all',
});
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
  await scene.tidy();

  const filtered = await openWindow(THEMES.dark, viewport);
  await filter(filtered);
  await filtered.page.screenshot({
    path: join(folder, 'filter-dark.png'),
    clip: { x: 0, y: 0, width: 960, height: 420 },
  });
  await scene.tidy();

  const light = await openWindow(THEMES.light, viewport);
  await light.expand(/^Runner us-staging/);
  await showDetails(light);
  await showTooltip(light);
  await light.page.screenshot({
    path: join(folder, 'tooltip-light.png'),
    clip: { x: 48, y: 36, width: 760, height: 600 },
  });
  await scene.tidy();

  // The last one, because later windows show what runners have answered, too.
  const status = await openWindow(THEMES.dark, viewport);
  await status.contextMenu(status.row(/^Runner eu-production/), 'Check My Access');
  await status.row(/^Integration github\.com: works/).waitFor();
  await status.notification(/^4 checked: /);
  await status.clearNotifications();
  await showBroken(status);
  await status.workbench.screenshot(join(folder, 'status-dark.png'));
}

async function takeAllThemes(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, theme] of Object.entries(THEMES)) {
    const take = (ona: OnaPage, page: string) => takeWidths(ona, join(folder, `${page}-${name}`));
    const ona = await openWindow(theme, { width: 1648, height: 1200 });
    await showDetails(ona);
    await hideSidebar(ona);
    await take(ona, 'integration');
    await ona.details.expandMore();
    await ona.details.button('eu-production').click();
    await ona.details.waitFor('eu-production');
    await take(ona, 'runner');
    await ona.details.more.click();
    await ona.details.frame.locator('.more > summary').nth(1).click();
    await take(ona, 'setup');
    await scene.tidy();

    const tree = await openWindow(theme, { width: 1180, height: 720 });
    await filter(tree);
    await tree.workbench.screenshot(join(folder, `filter-${name}.png`));
    await tree.page.keyboard.press('Escape');
    await tree.runCommand('Group by Host');
    await tree.expand(/^Host github\.com: .*5 integrations$/);
    await tree.row(/^Integration github\.com on us-staging/).click();
    await tree.details.waitFor('github.com');
    await tree.workbench.screenshot(join(folder, `hosts-${name}.png`));
    await tree.titleAction('Find Integration…').click();
    await tree.quickPickRow(/^apac-new/).waitFor();
    await tree.workbench.screenshot(join(folder, `find-${name}.png`));
    await tree.page.keyboard.press('Escape');
    await tree.runCommand('Group by Runner');
    await tree.row(/^Runner us-staging/).waitFor();
    await showTooltip(tree);
    await tree.workbench.screenshot(join(folder, `tooltip-${name}.png`));
    await scene.tidy();

    const other = await openWindow(theme, { width: 1648, height: 1200 });
    await showBroken(other);
    await hideSidebar(other);
    await take(other, 'trouble');
    await scene.tidy();

    const offline = await openOffline(theme);
    await hideSidebar(offline);
    await take(offline, 'offline');
    await scene.tidy();
  }
  const german = await newWindow(THEMES.light, { width: 1180, height: 720 }, 'de');
  await german.expand(/eu-production/);
  await showDetails(german);
  await german.workbench.screenshot(join(folder, 'german.png'));
  await hideSidebar(german);
  await takeWidths(german, join(folder, 'german'));
  await scene.tidy();

  const japanese = await newWindow(THEMES.light, { width: 1180, height: 720 }, 'ja');
  await japanese.expand(/us-staging/);
  await japanese.row(/tfs\.acme\.example/).click();
  await japanese.details.waitFor('tfs.acme.example');
  await japanese.workbench.screenshot(join(folder, 'japanese.png'));
}

async function filter(ona: OnaPage): Promise<void> {
  await ona.titleAction('Filter…').click();
  await ona.input.fill('provider:github auth:oauth');
  await ona.message.getByText('4 of 16 match').waitFor();
  await ona
    .row(/^Integration github\.com/)
    .first()
    .waitFor();
}

/** Gives the panel nearly the window's width. */
async function hideSidebar(ona: OnaPage): Promise<void> {
  await ona.page.keyboard.press('Control+b');
  await ona.view.waitFor({ state: 'hidden' });
}

interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** Opens a window and its view in a theme, and waits until the theme is applied. */
async function newWindow({ id, windowClass }: Theme, viewport: Viewport, locale?: string): Promise<OnaPage> {
  await scene.set({ 'workbench.colorTheme': id });
  const ona = await scene.newWindow({ viewport, ...(locale !== undefined && { locale }) });
  await ona.page.locator(`.monaco-workbench.${windowClass}`).waitFor();
  await ona.openView();
  return ona;
}

async function openWindow(theme: Theme, viewport: Viewport): Promise<OnaPage> {
  const ona = await newWindow(theme, viewport);
  await ona.waitForSample();
  await ona.expand(/^Runner eu-production/);
  return ona;
}

/** Shows the details of an integration that cannot work. */
async function showBroken(ona: OnaPage): Promise<void> {
  await ona.expand(/^Runner us-staging/);
  await ona.row(/^Integration github\.acme\.example/).click();
  await ona.details.waitFor('github.acme.example');
}

async function showDetails(ona: OnaPage): Promise<void> {
  await ona.row(/gitlab\.acme/).click();
  await ona.details.waitFor('gitlab.acme.example:8443');
  await ona.details.frame.locator('footer .as-of').waitFor();
}

/** Opens a window with the details of an integration that nothing is known against, on a runner that is offline. */
async function openOffline(theme: Theme): Promise<OnaPage> {
  const { organization } = scene.sandbox;
  Object.assign(runnerNamed(organization, 'gcp-analytics').status ?? {}, {
    phase: 'RUNNER_PHASE_INACTIVE',
    message: 'The instance was stopped.',
  });
  const ona = await newWindow(theme, { width: 1648, height: 1200 });
  await ona.waitForRows(organization);
  await ona.expand(/^Runner gcp-analytics/);
  await ona.row(/^Integration git\.müller/).click();
  await ona.details.waitFor('git.müller.example');
  return ona;
}

async function showTooltip(ona: OnaPage): Promise<void> {
  await ona.row(/^Runner us-staging/).hover();
  const tooltip = ona.page.locator('.monaco-hover:visible');
  await tooltip.getByText('certificate expired').first().waitFor();
  // It fades in.
  await tooltip.evaluate(async (element: { getAnimations(): { finished: Promise<unknown> }[] }) => {
    await Promise.all(element.getAnimations().map(({ finished }) => finished));
  });
}

/** @param name of the pictures, without their width */
async function takeWidths(ona: OnaPage, name: string): Promise<void> {
  for (const [width, height] of [
    [1600, 1200],
    [300, 1900],
  ] as const) {
    await ona.page.setViewportSize({ width: width + 48, height });
    await ona.workbench.screenshot(`${name}-${width}.png`);
  }
}
