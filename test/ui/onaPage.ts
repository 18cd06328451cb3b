import { webviewType } from '../../src/names.ts';
import type { DetailsState } from '../../src/views/details/protocol.ts';
import type { Workbench } from '../vscode/workbench.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import type { Companion } from './companions.ts';
import { whenStored } from './storedState.ts';
import { type SignInOwner, TreePage } from './treePage.ts';

/** What a user sees and does with the extension in a window. */
export class OnaPage extends TreePage {
  readonly #companion: () => Promise<Companion | undefined>;
  /** Whether a test has changed the grouping, and rows of other groupings may be expanded. */
  #wasRegrouped = false;

  /** @param companion the one in the window's extension host, if any */
  constructor(workbench: Workbench, companion: () => Promise<Companion | undefined> = noCompanion) {
    super(workbench);
    this.#companion = companion;
  }

  /** Closes the window, and ends its extension host. */
  async close(): Promise<void> {
    await this.workbench.close();
    await (await this.#companion())?.end();
  }

  /** Changes user settings from inside the window; null removes one. */
  async set(settings: Settings): Promise<void> {
    await this.#call('set', withNulls(settings));
  }

  /** Waits until settings changed elsewhere have reached this window. */
  async whenSet(settings: Settings): Promise<void> {
    await this.#call('whenSet', withNulls(settings));
  }

  /** Loads all rows, and waits until the extension has them; the view follows. */
  async refresh(): Promise<void> {
    await this.#call('refresh');
  }

  /** Restarts the extension with this key from the environment, as in a window that never had a key. */
  async restartFresh(apiKey: string): Promise<void> {
    await this.#call('restartFresh', apiKey);
  }

  /** Opens a details panel as a version without the find bar did. */
  async openOldPanel(state: DetailsState): Promise<void> {
    await this.#call('openOldPanel', webviewType('details'), state);
  }

  /** @param row a top-level row in that grouping */
  async #collapse(row: RegExp): Promise<void> {
    await this.row(row).waitFor();
    await this.#call('collapse');
    await this.view.locator('[role=treeitem][aria-expanded=true]').first().waitFor({ state: 'detached' });
  }

  async #call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return (await this.#companion())?.call(method, ...args);
  }

  /**
   * Resets a window that an earlier test used: view open, rows current, no filter, editor, box or notification.
   *
   * @returns false if a test has changed something that no reset can undo, such as the sign-in
   */
  async reset(): Promise<boolean> {
    await this.#leave();
    return (await this.#call('reset')) === 'ready';
  }

  /** The same, while signed out. */
  async resetSignedOut(): Promise<boolean> {
    await this.#leave();
    if ((await this.#call('resetSignedOut')) !== 'signedOut') {
      return false;
    }
    await this.whenForgotten('"organizationName"');
    return true;
  }

  /** Closes whatever has the focus: a menu, a dialog, a box. */
  async #leave(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.keyboard.press('Escape');
  }

  /**
   * Waits until VS Code has finished redrawing the sample's rows. It draws a first change at once, and again after 200
   * ms if others followed, even if their rows are visible by then, and reports neither. So this makes a change that is
   * visible only once it is drawn, and waits for that.
   */
  async settle(whose?: SignInOwner): Promise<void> {
    await this.waitForSample(whose);
    await this.set({ 'onaScm.groupBy': 'host' });
    await this.row(/^Host github\.com: /).waitFor();
    await this.set({ 'onaScm.groupBy': null });
    await this.waitForSample(whose);
  }

  /** Groups by runner again. The setting is the user's, so every other window would be grouped as well. */
  async restoreGrouping(): Promise<void> {
    if (await this.#call('isSet', 'onaScm.groupBy')) {
      this.#wasRegrouped = true;
      await this.set({ 'onaScm.groupBy': null });
    }
  }

  /** Collapses all rows of the sample organization, in every grouping, and clears the selection. */
  async collapse(): Promise<void> {
    await this.restoreGrouping();
    // Otherwise the rows of another grouping would come back expanded.
    if (this.#wasRegrouped) {
      this.#wasRegrouped = false;
      await this.set({ 'onaScm.groupBy': 'provider' });
      await this.#collapse(/^Provider GitHub: /);
      await this.set({ 'onaScm.groupBy': 'host' });
      await this.#collapse(/^Host github\.com: /);
      await this.set({ 'onaScm.groupBy': null });
    }
    await this.waitForSample();
    await this.#collapse(/^Runner eu-production: /);
  }

  async openView(): Promise<void> {
    const heading = this.view.getByRole('heading', { name: /Ona SCM/ });
    // Clicking the tab of an open view would close it.
    if (!(await heading.isVisible())) {
      await this.page.getByRole('tab', { name: 'Ona SCM' }).click();
      await heading.waitFor();
    }
  }

  /** Reloads the window, and reopens the view if the window returns without it. */
  async reload(): Promise<void> {
    await this.workbench.reload();
    await this.openView();
  }

  /** Opens the view of a window that is signed in to the sample organization. */
  async openSample(): Promise<void> {
    await this.openView();
    await this.waitForSample();
  }

  /** Reloads a window with open details once it has stored their item, then leaves our UI alone. */
  async reloadWithDetails(): Promise<void> {
    // Only the panel's state contains this name; the panel itself may be stored earlier.
    await whenStored(this.page, 'runnerId');
    await this.workbench.reload();
  }

  /** Signs in to the sample organization from the welcome view, typing the key. */
  async signIn(key: string, whose?: SignInOwner): Promise<void> {
    await this.openView();
    await this.askForKey();
    await this.enterKey(key);
    await this.settle(whose);
  }

  /** Opens the API key box from the welcome view. */
  async askForKey(): Promise<void> {
    await this.button('Sign In').click();
    await this.pick(/^Enter an API Key/);
  }

  async enterKey(key: string): Promise<void> {
    await this.keyBox.fill(key);
    await this.page.keyboard.press('Enter');
  }
}

/** Settings as JSON can carry them: null instead of undefined. */
function withNulls(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? null]));
}

const noCompanion = () => Promise.resolve(undefined);
