import { join, resolve } from 'node:path';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { type Host, type HostOptions, startHost } from '../vscode/startHost.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/workbench.ts';
import { OnaPage } from './onaPage.ts';

/** The VSIX that `npm test` has built. */
const VSIX = resolve('out', 'ona-scm-integrations.vsix');

export interface SceneOptions extends Omit<HostOptions, 'env'> {
  readonly sandbox?: SandboxOptions;
  /** Variables of the extension host, from what the sandbox turned out to be. */
  readonly env?: (sandbox: Sandbox) => HostOptions['env'];
  /** Whether the settings name the sandbox as API; they do by default. */
  readonly apiUrl?: boolean;
}

/**
 * The stage of a file of UI tests: a sandbox API, and a VS Code server on which the extension is installed from its
 * VSIX. Every window has a profile of its own: nobody is signed in.
 */
export class Scene {
  readonly sandbox: Sandbox;
  readonly host: Host;
  readonly #windows: Workbench[] = [];
  readonly #keys: Sandbox['keys'];

  private constructor(sandbox: Sandbox, host: Host) {
    this.sandbox = sandbox;
    this.#keys = new Map(sandbox.keys);
    this.host = host;
  }

  static async open({
    sandbox: sandboxOptions,
    env,
    apiUrl = true,
    extensions = [],
    ...options
  }: SceneOptions = {}): Promise<Scene> {
    const sandbox = await startSandbox(sandboxOptions);
    // A tooltip under the mouse would lie over the rows that are clicked next; the keyboard's comes at once.
    const hover = { 'workbench.hover.delay': 60_000 };
    // A window that was closed lives on for a while, and would ask the sandbox of another test.
    const quiet = { 'onaScm.refreshInterval': 0 };
    const settings = {
      ...hover,
      ...quiet,
      ...(apiUrl && { 'onaScm.apiUrl': sandbox.url }),
      ...options.settings,
    };
    const variables = env?.(sandbox);
    const host = await startHost({
      ...options,
      settings,
      extensions: [VSIX, ...extensions],
      ...(variables !== undefined && { env: variables }),
    });
    return new Scene(sandbox, host);
  }

  async newWindow(options?: WorkbenchOptions): Promise<OnaPage> {
    const workbench = await openWorkbench(this.host, options);
    this.#windows.push(workbench);
    return new OnaPage(workbench);
  }

  /** After each test: a picture of what it failed on, no window any more, and the sandbox as it was at first. */
  async reset(test: Mocha.Runnable | undefined): Promise<void> {
    if (test?.isFailed() === true) {
      const name = test.fullTitle().replace(/\W+/g, '-').slice(0, 100);
      await Promise.all(
        this.#windows.map((window, i) => window.screenshot(join('out', 'ui', `${name}-${i + 1}.png`))),
      );
    }
    await Promise.all(this.#windows.splice(0).map((window) => window.close()));
    this.sandbox.organization = sampleOrganization();
    this.sandbox.keys.clear();
    for (const [key, account] of this.#keys) this.sandbox.keys.set(key, account);
    this.sandbox.faults.clear();
    this.sandbox.latencyMs = 0;
    this.sandbox.resetRecords();
  }

  async close(): Promise<void> {
    await Promise.all(this.#windows.splice(0).map((window) => window.close()));
    await this.host.stop();
    await this.sandbox.close();
  }
}
