import { isDeepStrictEqual } from 'node:util';
import type { Locator } from 'playwright-core';
import type { TreeNode } from '../../src/views/tree/nodes.ts';
import { rowOf } from '../../src/views/tree/rowText.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { sampleSignIns } from '../unit/inventory/sampleEntries.ts';
import { sampleNodes } from '../unit/views/tree/sampleNodes.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { again } from './again.ts';
import { DetailsPage } from './detailsPage.ts';
import { actionTimeout } from './speed.ts';
import { until } from './until.ts';
import { named, WorkbenchPage } from './workbenchPage.ts';

/**
 * Whose sign-ins the rows are about: the organization's user's, those of somebody who has none, or nobody knows whose.
 */
export type SignInOwner = 'user' | 'stranger' | 'unknown';

/** The view and the details of its rows. */
export class TreePage extends WorkbenchPage {
  /** The view, including its title. */
  readonly view: Locator;
  /** The text of a view without rows. */
  readonly welcome: Locator;
  /** The line of plain text above the rows. */
  readonly message: Locator;

  constructor(workbench: Workbench) {
    super(workbench);
    this.view = this.page.locator('.part.sidebar');
    this.welcome = this.view.locator('.welcome-view-content');
    this.message = this.view.locator('.tree-explorer-viewlet-tree-view .message');
  }

  /** Waits until no load is running: a refresh would join it. */
  async whenLoaded(): Promise<void> {
    await this.view.locator('.monaco-progress-container.active').waitFor({ state: 'hidden' });
  }

  /** Clicks a row until it is selected: a click during a redraw of the row is lost. */
  async select(name: string | RegExp): Promise<void> {
    await again(async (timeout) => {
      await this.row(name).click({ timeout });
      await this.view.getByRole('treeitem', { name, selected: true }).waitFor({ timeout });
    });
  }

  /** Clicks a row until its details show: a click during a redraw of the row is lost. */
  async showDetails(name: string | RegExp, title: string): Promise<void> {
    await again(async (timeout) => {
      await this.row(name).first().click({ timeout });
      await this.details.frame
        .getByRole('heading', { level: 1, name: title, exact: true })
        .waitFor({ timeout });
    });
  }

  /** Double-clicks a row, and waits until its details, which are then kept, have the focus. */
  async keepDetails(name: string | RegExp, title: string): Promise<void> {
    await this.row(name).first().dblclick();
    await this.details.waitFor(title);
    await this.details.button('Keep Open').waitFor({ state: 'detached' });
    await until(() => this.view.locator('.monaco-list:focus').count(), 0);
  }

  /** The visible details panel. */
  get details(): DetailsPage {
    return new DetailsPage(this.page);
  }

  async title(): Promise<string> {
    return (await this.view.locator('.composite.title h2').innerText()).trim();
  }

  /** A row by its accessible name. */
  row(name: string | RegExp): Locator {
    return this.view.getByRole('treeitem', { name });
  }

  /** The same, once focused. */
  focusedRow(name: string): Locator {
    return this.view.locator('.monaco-list-row.focused').and(this.row(name));
  }

  /** All current rows, by accessible name. */
  async rows(): Promise<string[]> {
    return (await this.#rows()).map(({ name }) => name);
  }

  async #rows(): Promise<{ name: string; isExpanded: boolean }[]> {
    const rows = await this.view
      .getByRole('treeitem')
      .evaluateAll((items) =>
        (items as { ariaLabel: string | null; ariaExpanded: string | null }[]).map(
          ({ ariaLabel, ariaExpanded }) => ({ name: ariaLabel ?? '', isExpanded: ariaExpanded === 'true' }),
        ),
      );
    // An earlier test may have changed the organization.
    return rows.map(({ name, ...row }) => ({ ...row, name: name.replace(SPOKEN_NEWS, '') }));
  }

  /** Waits until the rows have these texts: what is visible, not what a screen reader says. */
  async waitForRowTexts(texts: readonly string[]): Promise<void> {
    await until<readonly string[]>(() => this.#rowTexts(), texts);
  }

  async #rowTexts(): Promise<string[]> {
    const texts = await this.view
      .getByRole('treeitem')
      .locator('.monaco-icon-label')
      .evaluateAll((rows) =>
        (rows as { querySelectorAll(selector: string): Iterable<{ innerText: string }> }[]).map((row) =>
          Array.from(row.querySelectorAll('.label-name, .label-description'), ({ innerText }) => innerText)
            .join(' ')
            .replaceAll('\u00a0', ' '),
        ),
      );
    return texts.map((text) => text.replace(VISIBLE_NEWS, ''));
  }

  /**
   * The text of a row's tooltip, shown by keyboard: a row redrawn under the mouse shows none. Reads it as soon as it
   * appears, because a redraw removes it. Selects the row.
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
      // A row may stay collapsed if redrawn.
      if ((await row.getAttribute('aria-expanded', { timeout: patience })) !== 'true') {
        await row.click({ timeout: patience });
      }
      // Its tooltip would cover the new rows.
      await this.page.mouse.move(0, 0);
      await this.#whenOpen(this.view.getByRole('treeitem', { name, expanded: true }), patience);
    });
  }

  /** Children appear after the row expands; they move all rows below, and dismiss a tooltip. */
  async #whenOpen(row: Locator, timeout = actionTimeout): Promise<void> {
    const index = Number(await row.getAttribute('data-index', { timeout }));
    const level = Number(await row.getAttribute('aria-level', { timeout }));
    await this.view
      .locator(`.monaco-list-row[data-index="${index + 1}"][aria-level="${level + 1}"]`)
      .waitFor({ timeout });
  }

  /** An action in the view's title. */
  titleAction(name: string): Locator {
    return this.view.locator('.composite.title').getByRole('button', { name: named(name) });
  }

  /** Waits until the view's message has exactly this text. */
  waitForMessage(text: string): Promise<void> {
    return this.message.getByText(text, { exact: true }).waitFor();
  }

  button(name: string): Locator {
    return this.welcome.getByRole('button', { name, exact: true });
  }

  /** Waits until the view shows the sample organization's rows. */
  waitForSample(whose?: SignInOwner): Promise<void> {
    return this.waitForRows(sampleOrganization(), whose);
  }

  /**
   * Waits until the view shows an organization's rows, grouped by runner and unfiltered. During a load rows differ and
   * are redrawn, so a click is lost. Works only if all rows fit into the view.
   */
  async waitForRows(organization: SandboxOrganization, whose: SignInOwner = 'user'): Promise<void> {
    const own = whose === 'user' ? organization : { ...organization, tokens: [] };
    const signIns = whose === 'unknown' ? undefined : sampleSignIns(own);
    const nodes = sampleNodes(organization, { signIns }, new Date());
    await until(async () => {
      // A runner that was asked may have named a provider in another way.
      const rows = (await this.#rows()).map(({ name, ...row }) => ({ ...row, name: name.toLowerCase() }));
      const open = new Set(rows.filter(({ isExpanded }) => isExpanded).map(({ name }) => name));
      const wanted = nodes
        .map(sentenceOf)
        .flatMap((name, i) => [
          name,
          ...(open.has(name) ? (nodes[i]?.integrations ?? []).map(sentenceOf) : []),
        ]);
      const names = rows.map(({ name }) => name);
      return isDeepStrictEqual(names, wanted) ? 'as wanted' : names;
    }, 'as wanted');
  }
}

/** What a row says of a change, which an earlier test may have made. */
const SPOKEN_NEWS = /, (?:new|changed .+)$/;
const VISIBLE_NEWS = / · (?:new|changed [\d:]+)(?= ·|$)|(?<= )(?:new|changed [\d:]+) · /;

/** The text of a row for screen readers, in lowercase. */
function sentenceOf(node: TreeNode): string {
  return rowOf(node).sentence.toLowerCase();
}
