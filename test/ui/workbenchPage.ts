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

  /** Waits until the window has stored, under a name of ours, what was just decided: a reload would lose it before. */
  async whenStored(name: string): Promise<void> {
    await whenStored(this.page, name);
  }

  /** The same, for what was forgotten. */
  async whenForgotten(name: string): Promise<void> {
    await whenStored(this.page, name, false);
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

/** A command by its title. One that has a key is named with it: "Filter… (Ctrl+F)". */
export function named(title: string): RegExp {
  return new RegExp(`^${escaped(title)}(?:[ ,]*\\(?(?:Ctrl|Enter).*)?$`);
}

function escaped(text: string): string {
  return text.replace(/[?.()]/g, String.raw`\$&`);
}
