import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { packHelper, VSIX } from '../packageExtension.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { VSCodeVersion } from '../vscode/installHost.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import { type Host, type HostOptions, startHost } from '../vscode/startHost.ts';
import { type BrowserUse, openWorkbench, useBrowser, type WorkbenchOptions } from '../vscode/workbench.ts';
import { type Companion, Companions } from './companions.ts';
import { OnaPage } from './onaPage.ts';
import { record } from './records.ts';
import { actionTimeout, slowdown } from './speed.ts';
import { until } from './until.ts';

/** The built-in extensions that the tests need. All others would start in every window too. */
const BUILTINS = ['theme-defaults', 'theme-seti', 'json', 'json-language-features'];

/** Where the extension and its companion are installed, once for all servers of a run. */
export function extensionsDir(version: VSCodeVersion): string {
  return resolve('out', `extensions-${version}`);
}

/** The VSIX files to install there. */
export async function vsixFiles(): Promise<readonly string[]> {
  const companion = resolve('test', 'ui', 'companion');
  return [VSIX, await packHelper(companion, resolve('out', 'companion.vsix'))];
}

export interface SceneOptions extends Omit<HostOptions, 'env' | 'extensions' | 'extensionsDir'> {
  readonly sandbox?: SandboxOptions;
  /** Variables of the extension host, depending on the started sandbox. */
  readonly env?: (sandbox: Sandbox) => HostOptions['env'];
  /** Whether the settings name the sandbox as API (default: true). */
  readonly apiUrl?: boolean;
}

/**
 * The stage of UI tests: a sandbox API, and a VS Code server with the extension installed. Tests share a window, which
 * is reset before each test. A test that needs its own window opens one with a new profile: signed out, unless the
 * environment has a key.
 */
export class Scene {
  readonly sandbox: Sandbox;
  readonly host: Host;
  readonly #browser: BrowserUse;
  readonly #companions: Companions;
  readonly #windows = new Set<OnaPage>();
  readonly #keys: Sandbox['keys'];
  readonly #changedSettings = new Map<string, unknown>();
  readonly #settings: Settings;
  readonly #start: 'ready' | 'signedOut';
  /** Whether a test has shown rows other than the sample's. */
  #hasOtherRows = false;
  #shared: OnaPage | undefined;

  private constructor(parts: {
    sandbox: Sandbox;
    host: Host;
    browser: BrowserUse;
    companions: Companions;
    settings: Settings;
    start: 'ready' | 'signedOut';
  }) {
    this.sandbox = parts.sandbox;
    this.#keys = new Map(parts.sandbox.keys);
    this.host = parts.host;
    this.#browser = parts.browser;
    this.#companions = parts.companions;
    this.#settings = parts.settings;
    this.#start = parts.start;
  }

  static async open({
    sandbox: sandboxOptions,
    env,
    apiUrl = true,
    ...options
  }: SceneOptions = {}): Promise<Scene> {
    const sandbox = await startSandbox(sandboxOptions);
    const companions = await Companions.listen();
    const browser = await useBrowser();
    const settings = {
      // A tooltip under the mouse would cover the rows to click next; the keyboard's tooltip appears at once.
      'workbench.hover.delay': 60_000,
      // Only tests start requests.
      'onaScm.refreshInterval': 0,
      'onaScm.liveUpdates': false,
      ...(apiUrl && { 'onaScm.apiUrl': sandbox.url }),
      ...options.settings,
    };
    const variables = env?.(sandbox);
    const host = await startHost({
      builtins: BUILTINS,
      ...options,
      settings,
      extensionsDir: extensionsDir(options.version ?? 'newest'),
      env: { ...companions.environment, ...variables },
    }).catch(async (error: unknown) => {
      await Promise.all([sandbox.close(), companions.close(), browser.release()]);
      throw error;
    });
    const start = variables?.['ONA_API_KEY'] === undefined ? 'signedOut' : 'ready';
    return new Scene({ sandbox, host, browser, companions, settings, start });
  }

  /** The shared window after a reset, or a new one if it cannot be reset. */
  async window(): Promise<OnaPage> {
    if (this.#shared !== undefined && !(await this.#reset(this.#shared))) {
      await this.#close(this.#shared);
      this.#shared = undefined;
    }
    if (this.#shared === undefined) {
      this.#shared = await this.newWindow();
      this.#hasOtherRows = false;
      await this.#shared.openView();
      if (this.#start === 'ready') {
        await this.#shared.settle();
      }
    }
    return this.#shared;
  }

  async #reset(window: OnaPage): Promise<boolean> {
    if (this.#start === 'signedOut') {
      return window.resetSignedOut();
    }
    if (!(await window.reset())) {
      return false;
    }
    if (this.#hasOtherRows) {
      // After an empty tree, any rows that appear are the new ones.
      Object.assign(this.sandbox.organization, { runners: [], integrations: [] });
      await window.refresh();
      await window.welcome.getByText('no runners or SCM integrations').waitFor();
      this.sandbox.organization = sampleOrganization();
      await window.refresh();
    }
    await window.collapse();
    if (this.#hasOtherRows) {
      await window.settle();
      this.#hasOtherRows = false;
    }
    return true;
  }

  /** Opens a window for the current test only. */
  async newWindow(options: WorkbenchOptions = {}): Promise<OnaPage> {
    await this.#shared?.restoreGrouping();
    let companion: Promise<Companion> | undefined;
    const workbench = await openWorkbench(this.host, {
      patience: actionTimeout,
      ...(slowdown > 1 && { slowdown }),
      ...options,
      aroundLoad: async (load) => {
        const last = await companion;
        companion = this.#companions.next();
        const startedAt = performance.now();
        await load();
        await companion;
        record({ kind: 'window', ms: Math.round(performance.now() - startedAt) });
        await last?.end();
      },
    });
    const ona = new OnaPage(workbench, async () => companion);
    this.#windows.add(ona);
    return ona;
  }

  /** Changes user settings until the test ends, and waits until all open windows have them. */
  async set(changes: Settings): Promise<void> {
    const [window, ...others] = this.#windows;
    for (const name of Object.keys(changes)) {
      this.#changedSettings.set(name, this.#settings[name]);
    }
    if (window === undefined) {
      await this.host.updateSettings(changes);
    } else {
      await window.set(changes);
      await Promise.all(others.map((other) => other.whenSet(changes)));
    }
  }

  /** Makes a window reload the rows, and waits until the view shows the organization's current state. */
  async refresh(ona: OnaPage): Promise<void> {
    await ona.refresh();
    await ona.waitForRows(this.sandbox.organization);
  }

  /**
   * Restarts the extension in the shared window as if it had never had a key: the first load of the sandbox's
   * organization, without cached rows.
   */
  async restartFresh(ona: OnaPage): Promise<void> {
    const apiKey = randomUUID();
    const { organization } = this.sandbox;
    organization.profile = { ...organization.profile, id: randomUUID() };
    this.sandbox.keys.set(apiKey, { principal: 'user' });
    await ona.restartFresh(apiKey);
  }

  /** Cleans up after a test: closes all windows except the shared one, and restores settings and sandbox. */
  async tidy(): Promise<void> {
    await Promise.all(
      [...this.#windows].filter((window) => window !== this.#shared).map((window) => this.#close(window)),
    );
    if (this.#changedSettings.size > 0) {
      await this.set(Object.fromEntries(this.#changedSettings));
      this.#changedSettings.clear();
    }
    const sample = sampleOrganization();
    this.#hasOtherRows ||=
      !isDeepStrictEqual(this.sandbox.organization, sample) || this.sandbox.faults.size > 0;
    this.sandbox.organization = sample;
    this.sandbox.keys.clear();
    for (const [key, account] of this.#keys) {
      this.sandbox.keys.set(key, account);
    }
    this.sandbox.faults.clear();
    this.sandbox.latencyMs = 0;
    this.sandbox.resetRecords();
    const open = this.#shared === undefined ? 0 : 1;
    await until(() => Promise.resolve(this.#companions.alive.length), open, 'extension hosts alive');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#windows].map((window) => this.#close(window)));
    record({ kind: 'left', count: this.#companions.alive.length });
    await this.#companions.close();
    await this.#browser.release();
    await this.host.stop();
    await this.sandbox.close();
  }

  async #close(window: OnaPage): Promise<void> {
    this.#windows.delete(window);
    await window.close();
  }
}
