import { isDeepStrictEqual } from 'node:util';
import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import type { TreeNode } from '../../src/views/tree/nodes.ts';
import { rowOf } from '../../src/views/tree/rowText.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { sampleNodes } from '../unit/views/tree/sampleNodes.ts';
import type { Workbench } from '../vscode/workbench.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import type { Companion } from './companions.ts';
import { DetailsPage } from './detailsPage.ts';
import { actionTimeout } from './speed.ts';
import { whenStored } from './storedState.ts';
import { until } from './until.ts';

/** What a person sees of the extension in a window, and what they do there. */
export class OnaPage {
  readonly workbench: Workbench;
  readonly page: Page;
  /** The view, its title included. */
  readonly view: Locator;
  /** The text of a view without rows. */
  readonly welcome: Locator;
  /** The line of plain text above the rows. */
  readonly message: Locator;
  readonly input: Locator;
  /** The same, where it takes a key. */
  readonly keyBox: Locator;
  /** Leads to the step before, where an input has one. */
  readonly inputBack: Locator;
  /** The bell, when it has something new. The driver of the tests keeps toasts from popping up. */
  readonly newNotification: Locator;
  /** Opens the list. Its dot is not what to click on: it goes with a notification that ends just then. */
  readonly bell: Locator;
  /** The list behind the bell, while it is open. */
  readonly notifications: Locator;
  readonly modal: Locator;

  readonly #companion: () => Promise<Companion | undefined>;

  /** @param companion the one in the window's extension host, where there is one */
  constructor(workbench: Workbench, companion: () => Promise<Companion | undefined> = noCompanion) {
    this.workbench = workbench;
    this.#companion = companion;
    this.page = workbench.page;
    this.view = this.page.locator('.part.sidebar');
    this.welcome = this.view.locator('.welcome-view-content');
    this.message = this.view.locator('.tree-explorer-viewlet-tree-view .message');
    this.input = this.page.locator('.quick-input-widget:visible input');
    this.keyBox = this.page.locator('.quick-input-widget:visible input[type=password]');
    this.inputBack = this.page.locator('.quick-input-titlebar').getByRole('button', { name: /^Back/ });
    this.newNotification = this.page.locator('[id="status.notifications"] .codicon-bell-dot');
    this.bell = this.page.locator('[id="status.notifications"]');
    this.notifications = this.page.locator('.notifications-center');
    this.modal = this.page.locator('.monaco-dialog-box');
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

  /** Waits until the window has stored, under a name of ours, what was just decided: a reload would lose it before. */
  async whenStored(name: string): Promise<void> {
    await whenStored(this.page, name);
  }

  /** The same, for what was forgotten. */
  async whenForgotten(name: string): Promise<void> {
    await whenStored(this.page, name, false);
  }

  /** Reloads a window that shows details once it has stored of what, and touches nothing of ours then. */
  async reloadWithDetails(): Promise<void> {
    // Only the state of the panel has such a name; the panel itself may be stored before it.
    await whenStored(this.page, 'runnerId');
    await this.workbench.reload();
  }

  /** What the new notifications say, but for VS Code's own word on a slow start of any extensions. */
  async newNotifications(): Promise<string[]> {
    if (await this.newNotification.isVisible()) {
      await this.#openNotifications();
    }
    const messages = await this.notifications
      .locator('.notification-list-item-message:visible')
      .allInnerTexts();
    return messages.filter((message) => message !== 'Activating Extensions...');
  }

  /**
   * What the notification says that has this text, once it is there. VS Code's own come and go too, and its list closes
   * with the last of them: each time there is a new one it is opened again.
   */
  async notification(text: string | RegExp): Promise<Locator> {
    const found = this.notifications.getByText(text).first();
    await again(async (timeout) => {
      await found.or(this.newNotification).first().waitFor({ timeout });
      if (!(await found.isVisible())) {
        await this.#openNotifications(timeout);
        await found.waitFor({ timeout });
      }
    });
    return found;
  }

  /** The list opens some time after the click on its bell; another click then would close it. */
  async #openNotifications(timeout = actionTimeout): Promise<void> {
    await this.bell.click({ timeout });
    await this.newNotification.waitFor({ state: 'hidden', timeout });
  }

  /** Closes the list of notifications: the focus goes where it was once it is closed, and would close a box. */
  async closeNotifications(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.notifications.waitFor({ state: 'hidden' });
  }

  /** The same, of all that it has. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Clear All Notifications', 'Notifications');
    await this.notifications.waitFor({ state: 'hidden' });
  }

  /** Waits until no load runs: a refresh would join it. */
  async whenLoaded(): Promise<void> {
    await this.view.locator('.monaco-progress-container.active').waitFor({ state: 'hidden' });
  }

  /** Clicks on a row until its details show: a click while the row is being redrawn is lost. */
  async showDetails(name: string | RegExp, title: string): Promise<void> {
    await again(async (timeout) => {
      await this.row(name).first().click({ timeout });
      await this.details.frame
        .getByRole('heading', { level: 1, name: title, exact: true })
        .waitFor({ timeout });
    });
  }

  /** The details panel that is in front. */
  get details(): DetailsPage {
    return new DetailsPage(this.page);
  }

  async title(): Promise<string> {
    return (await this.view.locator('.composite.title h2').innerText()).trim();
  }

  /** A row by what a screen reader says of it. */
  row(name: string | RegExp): Locator {
    return this.view.getByRole('treeitem', { name });
  }

  /** The same, once the keyboard is on it. */
  focusedRow(name: string): Locator {
    return this.view.locator('.monaco-list-row.focused').and(this.row(name));
  }

  /** All rows that are there at one moment, as a screen reader says them. */
  async rows(): Promise<string[]> {
    return (await this.#rows()).map(({ name }) => name);
  }

  #rows(): Promise<{ name: string; isExpanded: boolean }[]> {
    return this.view
      .getByRole('treeitem')
      .evaluateAll((rows) =>
        (rows as { ariaLabel: string | null; ariaExpanded: string | null }[]).map(
          ({ ariaLabel, ariaExpanded }) => ({ name: ariaLabel ?? '', isExpanded: ariaExpanded === 'true' }),
        ),
      );
  }

  /** The same, as they are seen. */
  rowTexts(): Promise<string[]> {
    return this.view
      .getByRole('treeitem')
      .locator('.monaco-icon-label')
      .evaluateAll((rows) =>
        (rows as { querySelectorAll(selector: string): Iterable<{ innerText: string }> }[]).map((row) =>
          Array.from(row.querySelectorAll('.label-name, .label-description'), ({ innerText }) => innerText)
            .join(' ')
            .replaceAll('\u00a0', ' '),
        ),
      );
  }

  /**
   * What the tooltip of a row says, asked for by keyboard: a row that is drawn again under the mouse shows none. It is read
   * in the moment it is there, because a redraw takes it away. Selects the row.
   */
  async tooltip(row: Locator): Promise<{ readonly text: string; readonly html: string }> {
    const tooltip = this.page.locator('.monaco-hover:visible').filter({ has: this.page.locator('table') });
    let shown = { text: '', html: '' };
    await again(async (timeout) => {
      const opens = (await row.getAttribute('aria-expanded', { timeout })) === 'false';
      await row.click({ timeout });
      if (opens) {
        await this.#whenOpen(row, timeout);
      }
      await this.page.keyboard.press('Control+k');
      await this.page.keyboard.press('Control+i');
      shown = await tooltip.evaluate(
        (element: { innerText: string; innerHTML: string }) => ({
          text: element.innerText.replaceAll('\u00a0', ' '),
          html: element.innerHTML,
        }),
        undefined,
        { timeout },
      );
    });
    return shown;
  }

  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name);
    await again(async (patience) => {
      // A row that is being redrawn can stay collapsed.
      if ((await row.getAttribute('aria-expanded', { timeout: patience })) !== 'true') {
        await row.click({ timeout: patience });
      }
      // Its tooltip would lie over the rows that come.
      await this.page.mouse.move(0, 0);
      await this.#whenOpen(this.view.getByRole('treeitem', { name, expanded: true }), patience);
    });
  }

  /** What stands under a row comes after it is expanded; it moves all that is below, and takes a tooltip away. */
  async #whenOpen(row: Locator, timeout = actionTimeout): Promise<void> {
    const index = Number(await row.getAttribute('data-index', { timeout }));
    const level = Number(await row.getAttribute('aria-level', { timeout }));
    await this.view
      .locator(`.monaco-list-row[data-index="${index + 1}"][aria-level="${level + 1}"]`)
      .waitFor({ timeout });
  }

  /** Runs a command as a person does who knows only its title. */
  async runCommand(title: string, category = 'Ona SCM'): Promise<void> {
    // A focused tree takes the focus back whenever the editor redraws it, which closes any box, and nothing shows when the
    // last redraw is done (see `settle`). The editor notices the lost focus in a task of its own.
    await this.page.evaluate('document.activeElement.blur(); new Promise((resolve) => setTimeout(resolve))');
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${category}: ${title}`);
    // Its key and the list that it is the first of may follow.
    await this.pick(new RegExp(`^${escaped(`${category}: ${title}`)}(?:,.*)?$`));
  }

  /** A row of the quick pick that is open. */
  quickPickRow(name: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget').getByRole('option', { name });
  }

  /**
   * Takes a row of the quick pick that is open, by keyboard: while one types its rows are drawn anew, and a click may meet
   * another one.
   */
  async pick(name: string | RegExp): Promise<void> {
    const row = this.quickPickRow(name);
    await row.first().waitFor();
    const active = this.page.locator('.quick-input-list .monaco-list-row.focused').and(row);
    const step = async () => {
      const isActive = await active.isVisible();
      if (!isActive) await this.page.keyboard.press('ArrowDown');
      return isActive;
    };
    await until(step, true, `${name} can be reached by keyboard`);
    await this.page.keyboard.press('Enter');
  }

  /** An action in the view's title. */
  titleAction(name: string): Locator {
    return this.view.locator('.composite.title').getByRole('button', { name: named(name) });
  }

  button(name: string): Locator {
    return this.welcome.getByRole('button', { name, exact: true });
  }

  /** Runs an entry of a row's context menu. */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    await this.#menu(row, (timeout) =>
      this.page.getByRole('menuitem', { name: named(entry) }).hover({ timeout }),
    );
  }

  /** The same, of a menu within it. */
  async contextSubmenu(row: Locator, submenu: string, entry: string): Promise<void> {
    await this.#menu(row, async (timeout) => {
      await this.page.getByRole('menuitem', { name: submenu, exact: true }).hover({ timeout });
      await this.page.keyboard.press('ArrowRight');
      await this.page.getByRole('menuitem', { name: named(entry) }).hover({ timeout });
    });
  }

  async #menu(row: Locator, choose: (timeout: number) => Promise<void>): Promise<void> {
    await again(async (timeout) => {
      await row.click({ button: 'right', timeout });
      try {
        await choose(timeout);
      } catch (error) {
        // If the menu is open, it would take the next click.
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
    // By keyboard: a menu takes no clicks in the moment after it opened.
    await this.page.keyboard.press('Enter');
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar').getByText(text);
  }

  /** What was copied. The clipboard is empty at the start of a test; the status bar may still confirm an earlier copy. */
  async clipboard(): Promise<string> {
    const read = () => this.page.evaluate<string>('navigator.clipboard.readText()');
    await until(async () => (await read()) !== '', true, 'something was copied');
    return read();
  }

  /** Signs in to the sample organization by typing, from the welcome view. */
  async signIn(key: string): Promise<void> {
    await this.openView();
    await this.askForKey();
    await this.enterKey(key);
    await this.settle();
  }

  /** Waits until the rows are those of the sample organization. */
  waitForSample(): Promise<void> {
    return this.waitForRows(sampleOrganization());
  }

  /**
   * Waits until the rows are those of an organization, grouped by runner and unfiltered. During a load they differ and are
   * redrawn, so a click is lost. Works only if all rows fit into the view.
   */
  async waitForRows(organization: SandboxOrganization): Promise<void> {
    const nodes = sampleNodes(organization);
    await until(async () => {
      const rows = await this.#rows();
      const open = new Set(rows.filter(({ isExpanded }) => isExpanded).map(({ name }) => name));
      const wanted = nodes
        .map(rowSentence)
        .flatMap((name, i) => [
          name,
          ...(open.has(name) ? (nodes[i]?.integrations ?? []).map(rowSentence) : []),
        ]);
      const names = rows.map(({ name }) => name);
      return isDeepStrictEqual(names, wanted) ? 'as wanted' : names;
    }, 'as wanted');
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

  /** Makes the window one that is come back to. The driver of the tests keeps every page focused otherwise. */
  async comeBack(): Promise<void> {
    await this.page.evaluate(`(async () => {
      const { hasFocus } = document;
      document.hasFocus = () => false;
      window.dispatchEvent(new Event('blur'));
      // The workbench takes the loss in a task of its own, which stands before this one.
      await new Promise((resolve) => setTimeout(resolve));
      document.hasFocus = () => true;
      window.dispatchEvent(new Event('focus'));
      document.hasFocus = hasFocus;
    })()`);
  }

  /** An entry of the Accounts menu, which is opened for it. */
  async accountsMenu(entry: string | RegExp): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Accounts/ }).click();
    return this.page.getByRole('menuitem', { name: entry });
  }

  /** The last line of the box that is open: its prompt, or what is wrong with what was entered. */
  inputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }
}

/**
 * Repeats an action and the wait for its effect until the effect shows: the editor redraws rows and menus at any time, and
 * an action at that moment is lost.
 *
 * @param action gets the time limit for each of its waits, in ms
 */
async function again(action: (patience: number) => Promise<void>): Promise<void> {
  await expect(() => action(actionTimeout / 4)).toPass({ timeout: actionTimeout });
}

/** Settings as JSON carries them: null in place of undefined. */
function withNulls(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value ?? null]));
}

function rowSentence(node: TreeNode): string {
  return rowOf(node).sentence;
}

const noCompanion = () => Promise.resolve(undefined);

/** A command by its title. One that has a key is named with it: "Filter… (Ctrl+F)". */
function named(title: string): RegExp {
  return new RegExp(`^${escaped(title)}(?:[ ,]*\\(?(?:Ctrl|Enter).*)?$`);
}

function escaped(text: string): string {
  return text.replace(/[?.()]/g, String.raw`\$&`);
}
