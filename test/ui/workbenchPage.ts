import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../vscode/workbench.ts';
import { again } from './again.ts';
import { actionTimeout } from './speed.ts';
import { whenStored } from './storedState.ts';
import { until } from './until.ts';

/** The parts of VS Code around the extension: boxes, menus, notifications, the status bar. */
export class WorkbenchPage {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly input: Locator;
  /** The same, while it asks for a key. */
  readonly keyBox: Locator;
  /** Goes back to the previous step of an input. */
  readonly inputBack: Locator;
  /** The bell, while there are new notifications. The test driver suppresses toasts. */
  readonly newNotification: Locator;
  /** Opens the list. Do not click its dot: it disappears with a notification that ends just then. */
  readonly bell: Locator;
  /** The list behind the bell, while it is open. */
  readonly notifications: Locator;
  readonly modal: Locator;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.input = this.page.locator('.quick-input-widget:visible input');
    this.keyBox = this.page.locator('.quick-input-widget:visible input[type=password]');
    this.inputBack = this.page.locator('.quick-input-titlebar').getByRole('button', { name: /^Back/ });
    this.newNotification = this.page.locator('[id="status.notifications"] .codicon-bell-dot');
    this.bell = this.page.locator('[id="status.notifications"]');
    this.notifications = this.page.locator('.notifications-center');
    this.modal = this.page.locator('.monaco-dialog-box');
  }

  /** Waits until the window has stored an entry of ours with this name: an earlier reload would lose it. */
  async whenStored(name: string): Promise<void> {
    await whenStored(this.page, name);
  }

  /** The same, for a removed entry. */
  async whenForgotten(name: string): Promise<void> {
    await whenStored(this.page, name, false);
  }

  /** The new notifications, except VS Code's own about extensions that start slowly. */
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
   * The notification with this text, once it appears. VS Code's own come and go too, and its list closes with the last
   * one: so each new notification reopens it.
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

  /** The list opens some time after the click on its bell; a second click would close it. */
  async #openNotifications(timeout = actionTimeout): Promise<void> {
    await this.bell.click({ timeout });
    await this.newNotification.waitFor({ state: 'hidden', timeout });
  }

  /** Closes the list of notifications: closing it restores the focus, which would close a box. */
  async closeNotifications(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.notifications.waitFor({ state: 'hidden' });
  }

  /** The same, and clears all of them. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Clear All Notifications', 'Notifications');
    await this.notifications.waitFor({ state: 'hidden' });
  }

  /** Runs a command by its title, as from the Command Palette. */
  async runCommand(title: string, category = 'Ona SCM'): Promise<void> {
    // A focused tree takes the focus back whenever VS Code redraws it, which closes any box, and nothing shows when the
    // last redraw is done (see `settle`). VS Code notices the lost focus in a separate task.
    await this.page.evaluate('document.activeElement.blur(); new Promise((resolve) => setTimeout(resolve))');
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${category}: ${title}`);
    // A keybinding and the list it starts may follow.
    await this.pick(new RegExp(`^${escaped(`${category}: ${title}`)}(?:,.*)?$`));
  }

  /** A row of the open quick pick. */
  quickPickRow(name: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget').getByRole('option', { name });
  }

  /** Picks a row of the open quick pick, by keyboard: typing redraws its rows, so a click may hit the wrong one. */
  async pick(name: string | RegExp): Promise<void> {
    const row = this.quickPickRow(name);
    await row.first().waitFor();
    const active = this.page.locator('.quick-input-list .monaco-list-row.focused').and(row);
    const step = async () => {
      const isActive = await active.isVisible();
      if (!isActive) {
        await this.page.keyboard.press('ArrowDown');
      }
      return isActive;
    };
    await until(step, true, `${name} can be reached by keyboard`);
    await this.page.keyboard.press('Enter');
  }

  /** Runs an entry of a row's context menu. */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    await this.#menu(row, (timeout) =>
      this.page.getByRole('menuitem', { name: named(entry) }).hover({ timeout }),
    );
  }

  /** The same, in a submenu. */
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
    // By keyboard: a menu ignores clicks just after it opens.
    await this.page.keyboard.press('Enter');
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar').getByText(text);
  }

  /**
   * The copied text. The clipboard is empty at the start of a test; the status bar may still confirm an earlier copy.
   */
  async clipboard(): Promise<string> {
    const read = () => this.page.evaluate<string>('navigator.clipboard.readText()');
    await until(async () => (await read()) !== '', true, 'something was copied');
    return read();
  }

  /** Makes the window regain focus. Otherwise the test driver keeps every page focused. */
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

  /** An entry of the Accounts menu, which this opens. */
  async accountsMenu(entry: string | RegExp): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Accounts/ }).click();
    return this.page.getByRole('menuitem', { name: entry });
  }

  /** The last line of the open box: its prompt, or the validation error. */
  inputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }
}

/** A command by its title, with or without its keybinding: "Filter… (Ctrl+F)". */
export function named(title: string): RegExp {
  return new RegExp(`^${escaped(title)}(?:[ ,]*\\(?(?:Ctrl|Enter).*)?$`);
}

function escaped(text: string): string {
  return text.replace(/[?.()]/g, String.raw`\$&`);
}
