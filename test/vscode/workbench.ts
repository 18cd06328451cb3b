import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { cleanEnvironment } from './environment.ts';
import { installBrowser } from './installBrowser.ts';
import type { Host, WindowOptions } from './startHost.ts';

export interface WorkbenchOptions extends WindowOptions {
  /** Size of the window in CSS pixels, 1280 × 800 by default. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The language that extensions see (`vscode.env.language`), such as `ja`. The workbench itself stays English. */
  readonly locale?: string;
  /** 32 bytes that encrypt SecretStorage. With `false` it is kept in memory only and lost on reload. */
  readonly secretKey?: Uint8Array | false;
  /** Another workbench's context, for a second window that shares its storage and secrets. */
  readonly context?: BrowserContext;
  /** Prepares the page before anything is loaded into it. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** Wraps each load of the window: the first one and every reload. */
  readonly aroundLoad?: (load: () => Promise<void>) => Promise<void>;
  /** Time limit for an action or a wait in the window, in ms; 30 s by default. */
  readonly patience?: number;
  /** Slows the window's CPU down by this factor. */
  readonly slowdown?: number;
}

/** A window of VS Code in a headless browser. */
export interface Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly browser: Browser;
  /** The window's console output, and uncaught errors. */
  readonly console: string[];
  /** Reloads the window and waits until it is ready again. */
  reload(): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Closes the window, its context unless shared, and the browser with its last window. */
  close(): Promise<void>;
}

let shared: { readonly browser: Promise<Browser>; users: number } | undefined;

/** A use of this process's shared browser. */
export interface BrowserUse {
  readonly browser: Browser;
  /** Ends the use; the browser closes with the last one. */
  readonly release: () => Promise<void>;
}

/** Starts the browser, or joins the running one. */
export async function useBrowser(): Promise<BrowserUse> {
  const use = (shared ??= { browser: launch(), users: 0 });
  use.users++;
  let releasing: Promise<void> | undefined;
  const doRelease = async (): Promise<void> => {
    if (--use.users > 0) {
      return;
    }
    if (shared === use) {
      shared = undefined;
    }
    await (await use.browser).close();
  };
  const release = (): Promise<void> => (releasing ??= doRelease());
  try {
    const browser = await use.browser;
    // A crashed browser is unusable; the next caller starts another.
    browser.once('disconnected', () => {
      if (shared === use) {
        shared = undefined;
      }
    });
    return { browser, release };
  } catch (error) {
    await release().catch(() => undefined);
    throw error;
  }
}

/** Opens a window on `host` and waits until it is ready. */
export async function openWorkbench(host: Host, options: WorkbenchOptions = {}): Promise<Workbench> {
  const { browser, release } = await useBrowser();
  let opened: { close(): Promise<void> } | undefined;
  const close = async (): Promise<void> => {
    await opened?.close();
    await release();
  };
  try {
    const context = options.context ?? (opened = await newContext(browser, host, options));
    const page = await context.newPage();
    opened ??= page;
    const console = collectConsole(page);
    await options.prepare?.(page);
    if (options.slowdown !== undefined) {
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: options.slowdown });
    }
    const { aroundLoad = (load: () => Promise<void>) => load() } = options;
    await aroundLoad(async () => {
      await page.goto(host.openUrl(options), { waitUntil: 'commit' });
      await whenReady(page, host);
    });
    return {
      page,
      context,
      browser,
      console,
      reload: () =>
        aroundLoad(async () => {
          await page.reload({ waitUntil: 'commit' });
          await whenReady(page, host);
        }),
      async screenshot(path) {
        await page.screenshot({ path });
      },
      close,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

async function launch(): Promise<Browser> {
  const { executablePath, args, env } = await installBrowser();
  return chromium.launch({
    executablePath,
    args: [...args],
    env: cleanEnvironment(env),
    // A browser ends with this process anyway; child.ts decides how that ends on a signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

async function newContext(browser: Browser, host: Host, options: WorkbenchOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    // Trees and panels reach their final position at once: no transition to wait for.
    reducedMotion: 'reduce',
  });
  if (options.patience !== undefined) {
    context.setDefaultTimeout(options.patience);
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
  if (options.secretKey !== false) {
    await keepSecrets(context, host, options.secretKey ?? Buffer.alloc(32, 7));
  }
  if (options.locale !== undefined) {
    await context.addInitScript((locale) => {
      Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: locale });
    }, options.locale);
  }
  return context;
}

/**
 * Answers the workbench's request for the key that encrypts SecretStorage, so that secrets survive a reload. In the
 * page itself: a route would send all of the window's requests through this process, and disable its cache.
 */
async function keepSecrets(context: BrowserContext, host: Host, key: Uint8Array): Promise<void> {
  const path = '/mint-key';
  await context.addCookies([
    { name: 'vscode-secret-key-path', value: encodeURIComponent(path), url: host.url },
  ]);
  await context.addInitScript(
    ([keyPath, bytes]) => {
      const { fetch } = globalThis;
      globalThis.fetch = (input, init) =>
        String(input instanceof Request ? input.url : input).endsWith(keyPath)
          ? Promise.resolve(new Response(Uint8Array.from(bytes)))
          : fetch(input, init);
    },
    [path, [...key]] as const,
  );
}

function collectConsole(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`[uncaught] ${error.stack ?? error.message}`));
  return lines;
}

interface WorkbenchWindow {
  readonly driver?: { whenWorkbenchRestored(): Promise<void> };
}

/**
 * Waits until the window shows its parts and, with a driver, its state has been restored, which is when VS Code itself
 * calls it ready.
 */
async function whenReady(page: Page, { hasDriver }: Host): Promise<void> {
  const timeout = 60_000;
  await page.locator('.monaco-workbench').waitFor({ timeout });
  if (hasDriver) {
    await page.waitForFunction(() => 'driver' in globalThis, undefined, { timeout });
    await page.evaluate(() => (globalThis as WorkbenchWindow).driver?.whenWorkbenchRestored());
  }
  await page.locator('.part.statusbar [id="status.host"]').waitFor({ timeout });
}
