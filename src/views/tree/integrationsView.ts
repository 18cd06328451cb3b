import { commands, Disposable, type Event, l10n, type TreeView, window } from 'vscode';
import type { SessionStore } from '../../account/session.ts';
import type { View } from '../../inventory/autoRefresh.ts';
import type { ItemEntry } from '../../inventory/groups.ts';
import type { Inventory } from '../../inventory/inventory.ts';

import { INTEGRATIONS_VIEW } from '../../names.ts';
import { ContextKeySetter } from '../../platform/contextKeys.ts';
import { plainLine } from '../../base/plainLine.ts';
import type { VisibleTree } from './visibleTree.ts';
import type { TreeLayout } from './treeLayout.ts';
import { IntegrationsTree } from './integrationsTree.ts';
import type { TreeElement } from './treeElement.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { contextKeysOf } from './viewContext.ts';
import { viewMessage } from './viewMessage.ts';

/** How often the editor is asked at most to show a row that it passes over. */
const REVEAL_TRIES = 3;

export interface IntegrationsViewParts {
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
  readonly visibleTree: VisibleTree;
}

/** The "Integrations" view: rows, title, message, progress and the context keys, all from session and inventory. */
export class IntegrationsView implements View, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #visibleTree: VisibleTree;
  /** The selection that the editor reported last. */
  #selected: readonly TreeElement[] = [];
  readonly #contextKeys = new ContextKeySetter();
  readonly #tree = new IntegrationsTree();
  readonly #view: TreeView<TreeElement>;
  readonly #disposables: Disposable;
  #shown: TreeLayout | undefined;
  #progress = false;

  constructor({ session, inventory, groups, visibleTree }: IntegrationsViewParts) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#visibleTree = visibleTree;
    this.#view = window.createTreeView(INTEGRATIONS_VIEW, {
      treeDataProvider: this.#tree,
      canSelectMany: true,
    });
    this.#disposables = Disposable.from(
      this.#view,
      this.#view.onDidChangeSelection(({ selection }) => (this.#selected = selection)),
      this.#tree,
      session.onDidChange(() => this.#show()),
      groups.onDidChange(() => this.#show()),
      visibleTree.onDidChange(() => this.#show()),
      this.#view.onDidExpandElement(({ element }) => this.#tree.setExpanded(element, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#tree.setExpanded(element, false)),
    );
    this.#show();
  }

  /**
   * The selected rows. Right after a redraw the editor may report none although a row is still shown as selected. Then
   * these are the rows that it reported last, as far as the tree still has them.
   */
  get selection(): readonly TreeElement[] {
    const { selection } = this.#view;
    return selection.length > 0 ? selection : this.#selected.filter((element) => this.#tree.has(element));
  }

  /**
   * What a key acts on: the row that has the focus, and where that is among the selected ones, all of these. The editor
   * tells nobody of the focus; but it moves with the selection, which this puts on it.
   */
  async focusedRows(): Promise<readonly TreeElement[]> {
    const before = this.#view.selection;
    await commands.executeCommand('list.toggleSelection');
    const [focused] = this.#view.selection.filter((element) => !before.includes(element));
    if (focused === undefined) {
      await commands.executeCommand('list.toggleSelection');
      return before;
    }
    await this.#view.reveal(focused, { select: true, focus: true, expand: false });
    return [focused];
  }

  /** Shows the row of something, selected and with the focus. @returns whether the tree has it as it is filtered */
  async reveal(item: ItemEntry, focus = true): Promise<boolean> {
    const element = this.#tree.find(item);
    if (element === undefined) {
      return false;
    }
    try {
      if (focus && !this.#view.visible) {
        // What changed while the view was hidden is drawn when it shows, and a row that is asked for then is lost.
        await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
      }
      let tries = 0;
      do {
        await this.#view.reveal(element, { select: true, focus, expand: false });
        tries++;
        // While the editor draws rows anew, it waits for that and then passes over the row, and tells nobody.
      } while (!this.#view.selection.includes(element) && tries < REVEAL_TRIES);
      return true;
    } catch {
      // The row went while the editor looked for it.
      return false;
    }
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** Goes on where the row stood that was chosen. */
  async showMore(more: TreeElement | undefined): Promise<void> {
    const first = this.#tree.showMore(more);
    if (first !== undefined) {
      await this.#view.reveal(first, { focus: true, select: false });
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(): void {
    const session = this.#session.current;
    const { state } = this.#groups;
    const layout = this.#visibleTree.current;
    if (layout !== this.#shown) {
      this.#showRows(layout);
    }
    const organization = this.#session.organizationName;
    this.#view.title = organization === undefined ? l10n.t('Integrations') : plainLine(organization, 60);
    const message = viewMessage(layout, state);
    if (this.#view.message !== message) {
      // Undefined, which the type lacks, is how the editor is told of no message.
      Object.assign(this.#view, { message });
    }
    const isFiltered = layout.filter !== undefined;
    const { isLoading } = this.#inventory;
    this.#contextKeys.setAll(contextKeysOf({ session, state, isFiltered, isLoading }));
    if (isLoading && !this.#progress) {
      this.#progress = true;
      void window
        .withProgress({ location: { viewId: INTEGRATIONS_VIEW } }, () => this.#inventory.whenIdle())
        .then(() => (this.#progress = false));
    }
  }

  /** What was selected stays so where its row has moved to. */
  #showRows(layout: TreeLayout): void {
    const before = this.#shown;
    const [selected] = this.selection;
    this.#shown = layout;
    this.#tree.show(layout);
    const hasMoved =
      layout.grouping !== before?.grouping || (layout.filter === undefined) !== (before.filter === undefined);
    const node = selected?.node;
    if (hasMoved && this.#view.visible && (node?.kind === 'integration' || node?.kind === 'runner')) {
      void this.reveal(node.entry, false);
    }
  }
}
