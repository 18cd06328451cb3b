import type { Workbench } from '../vscode/workbench.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import type { Companion } from './companions.ts';
import { whenStored } from './storedState.ts';
import { TreePage } from './treePage.ts';

/** What a person sees of the extension in a window, and what they do there. */
export class OnaPage extends TreePage {
  readonly #companion: () => Promise<Companion | undefined>;

  /** @param companion the one in the window's extension host, if there is one */
  constructor(workbench: Workbench, companion: () => Promise<Companion | undefined> = noCompanion) {
    super(workbench);
    this.#companion = companion;
  }

  /** Closes the window, and ends its extension host. */
  async close(): Promise<void> {
    await this.workbench.close();
    await (await this.#companion())?.end();
  }

  /** Changes user settings from inside the window; null takes one away. */
  async set(settings: Settings): Promise<void> {
    await this.#call('set', withNulls(settings));
  }

  /** Waits until settings that were changed elsewhere have reached this window. */
  async whenSet(settings: Settings): Promise<void> {
    await this.#call('whenSet', withNulls(settings));
  }

  /** Loads all rows, and waits until the extension has them; the view follows. */
  async refresh(): Promise<void> {
    await this.#call('refresh');
  }

  /** Restarts the extension with this key from the environment, as in a window that never had one. */
  async restartFresh(apiKey: string): Promise<void> {
    await this.#call('restartFresh', apiKey);
  }

  /** @param row a row at the top, in that grouping */
  async #collapse(row: string): Promise<void> {
    await this.row(row).waitFor();
    await this.#call('collapse');
    await this.view.locator('[role=treeitem][aria-expanded=true]').first().waitFor({ state: 'detached' });
  }

  async #call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return (await this.#companion())?.call(method, ...args);
  }

  /**
   * Resets a window that an earlier test used: the view open, its rows fresh, no filter, editor, box or notification.
   *
   * @returns whether that worked: not if a test has changed something that no reset can undo, such as the sign-in
   */
  async reset(): Promise<boolean> {
    await this.#leave();
    return (await this.#call('reset')) === 'ready';
  }

  /** The same, where nobody is signed in. */
  async resetSignedOut(): Promise<boolean> {
    await this.#leave();
    if ((await this.#call('resetSignedOut')) !== 'signedOut') {
      return false;
    }
    await this.whenForgotten('"organizationName"');
    return true;
  }

  /** Closes whatever has the keyboard: a menu, a dialog, a box. */
  async #leave(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.keyboard.press('Escape');
  }

  /**
   * Waits until the editor will not redraw the sample's rows any more. It draws a first change at once, and once more after
   * 200 ms if others have followed, although their rows may be visible by then; nothing tells when. So this makes a change
   * that is visible only once it is drawn, and waits for that.
   */
  async settle(): Promise<void> {
    await this.waitForSample();
    await this.set({ 'onaScm.groupBy': 'host' });
    await this.row('Host github.com: 5 integrations').waitFor();
    await this.set({ 'onaScm.groupBy': null });
    await this.waitForSample();
  }

  /** Collapses all rows of the sample organization, in every grouping, and clears the selection. */
  async collapse(): Promise<void> {
    // Otherwise the rows of another grouping would come back expanded.
    if (await this.#call('isSet', 'onaScm.groupBy')) {
      await this.set({ 'onaScm.groupBy': 'provider' });
      await this.#collapse('Provider GitHub: 6 integrations');
      await this.set({ 'onaScm.groupBy': 'host' });
      await this.#collapse('Host github.com: 5 integrations');
      await this.set({ 'onaScm.groupBy': null });
    }
    await this.waitForSample();
    await this.#collapse('Runner eu-production: 4 integrations');
  }

  async openView(): Promise<void> {
    const heading = this.view.getByRole('heading', { name: /Ona SCM/ });
    // A click on the tab of a view that is open would close it.
    if (!(await heading.isVisible())) {
      await this.page.getByRole('tab', { name: 'Ona SCM' }).click();
      await heading.waitFor();
    }
  }

  /** Reloads the window, and opens the view again should the window have come back without. */
  async reload(): Promise<void> {
    await this.workbench.reload();
    await this.openView();
  }

  /** Opens the view of a window that is signed in to the sample organization. */
  async openSample(): Promise<void> {
    await this.openView();
    await this.waitForSample();
  }

  /** Reloads a window that shows details once it has stored of what, and touches nothing of ours then. */
  async reloadWithDetails(): Promise<void> {
    // Only the state of the panel has such a name; the panel itself may be stored before it.
    await whenStored(this.page, 'runnerId');
    await this.workbench.reload();
  }

  /** Signs in to the sample organization by typing, from the welcome view. */
  async signIn(key: string): Promise<void> {
    await this.openView();
    await this.askForKey();
    await this.enterKey(key);
    await this.settle();
  }

  /** Opens the box that takes a key, from the welcome view. */
  async askForKey(): Promise<void> {
    await this.button('Sign In').click();
    await this.pick(/^Enter an API Key/);
  }

  async enterKey(key: string): Promise<void> {
    await this.keyBox.fill(key);
    await this.page.keyboard.press('Enter');
  }
}

/** Settings as JSON carries them: null in place of undefined. */
function withNulls(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? null]));
}

const noCompanion = () => Promise.resolve(undefined);
