import { setTimeout as delay } from 'node:timers/promises';
import { commands, Disposable, type Event, l10n, type TreeView, window } from 'vscode';
import { ownerOf } from '../../account/account.ts';
import type { SessionStore } from '../../account/session.ts';
import { isOutage } from '../../api/transport/errors.ts';
import type { Checks } from '../../checks/checks.ts';
import type { View } from '../../inventory/watcher.ts';
import type { ChangeMarks } from '../../inventory/changeMarks.ts';
import type { IntegrationEntry, ItemEntry } from '../../inventory/groups.ts';
import { refKey } from '../../inventory/itemRef.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { NewDay } from '../../base/newDay.ts';
import { INTEGRATIONS_VIEW } from '../../names.ts';
import { ContextKeySetter } from '../../platform/contextKeys.ts';
import { plainLine } from '../../base/plainLine.ts';
import type { VisibleTree } from './visibleTree.ts';
import type { TreeLayout } from './treeLayout.ts';
import { IntegrationsTree } from './integrationsTree.ts';
import type { TreeElement } from './treeElement.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { contextKeysOf } from './viewContext.ts';
import { badgeOf } from './viewBadge.ts';
import { registerStatusDecorations } from './statusDecorations.ts';
import { viewMessage } from './viewMessage.ts';

/** Milliseconds after which a load that will probably fail shows its progress. */
const PROGRESS_DELAY_MS = 500;

/** Number of attempts to reveal a row that VS Code skips. */
const REVEAL_TRIES = 3;

export interface IntegrationsViewParts {
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
  readonly visibleTree: VisibleTree;
  readonly checks: Pick<Checks, 'checksOf' | 'isRunning' | 'onDidChange'>;
  /** The rows that are new or have changed. */
  readonly marks: ChangeMarks;
}

/** The "Integrations" view: rows, title, message, progress and context keys, all derived from session and inventory. */
export class IntegrationsView implements View, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #visibleTree: VisibleTree;
  /** The selection that VS Code reported last. */
  #selected: readonly TreeElement[] = [];
  readonly #contextKeys = new ContextKeySetter();
  readonly #tree: IntegrationsTree;
  readonly #view: TreeView<TreeElement>;
  readonly #disposables: Disposable;
  readonly #newDay = new NewDay(window.onDidChangeWindowState, () => {
    this.#tree.redraw();
    this.#show();
  });
  #shown: TreeLayout | undefined;
  #progress = false;

  constructor({ session, inventory, groups, visibleTree, checks, marks }: IntegrationsViewParts) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#visibleTree = visibleTree;
    const tooltipContext = () => ({
      signIns: groups.state.signIns,
      apiUrl: session.account?.apiUrl,
      subject: ownerOf(session.account),
      checksOf: (entry: IntegrationEntry) => checks.checksOf(entry),
    });
    this.#tree = new IntegrationsTree(tooltipContext, marks);
    this.#view = window.createTreeView(INTEGRATIONS_VIEW, {
      treeDataProvider: this.#tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#disposables = Disposable.from(
      this.#view,
      registerStatusDecorations(),
      checks.onDidChange(() => {
        if (!checks.isRunning) {
          this.#tree.redrawFailures();
        }
      }),
      this.#view.onDidChangeSelection(({ selection }) => {
        this.#selected = selection;
        for (const { node } of selection) {
          if (node.kind === 'runner' || node.kind === 'integration') {
            marks.seen(refKey(node.entry.ref));
          }
        }
      }),
      marks.onDidChange(() => this.#tree.redrawMarks()),
      this.#tree,
      this.#newDay,
      session.onDidChange(() => this.#show()),
      groups.onDidChange(() => this.#show()),
      visibleTree.onDidChange(() => this.#show()),
      this.#view.onDidExpandElement(({ element }) => this.#tree.setExpanded(element, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#tree.setExpanded(element, false)),
    );
    this.#show();
  }

  /**
   * The selected rows. Right after a redraw, VS Code may report none although a row is still shown as selected. Then
   * these are the rows that it last reported, if the tree still has them.
   */
  get selection(): readonly TreeElement[] {
    const { selection } = this.#view;
    return selection.length > 0 ? selection : this.#selected.filter((element) => this.#tree.has(element));
  }

  /**
   * The rows that a key acts on: the focused row, or all selected rows if it is one of them. VS Code does not report
   * the focus, but toggling the selection shows which row has it. A focused row that was not selected becomes the
   * selection.
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

  /**
   * Selects the row of an item and, by default, focuses it.
   *
   * @returns whether the tree has the row under the current filter
   */
  async reveal(item: ItemEntry, focus = true): Promise<boolean> {
    const element = this.#tree.find(item);
    if (element === undefined) {
      return false;
    }
    try {
      if (focus && !this.#view.visible) {
        // A hidden view draws its changes when it is shown, and a row that is revealed meanwhile is lost.
        await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
      }
      const [before] = this.#view.selection;
      let tries = 0;
      do {
        await this.#view.reveal(element, { select: true, focus, expand: false });
        tries++;
        // If VS Code is redrawing rows, it waits for that and then skips the row without an error. If another row was
        // selected meanwhile, the user or a later call wants that one.
      } while (
        !this.#view.selection.includes(element) &&
        this.#view.selection[0] === before &&
        tries < REVEAL_TRIES
      );
      return true;
    } catch {
      // The row was removed while VS Code looked for it.
      return false;
    }
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** Moves the focus to the first additional row, which takes the place of *Show More*. */
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
      // Undefined removes the message, but the type does not allow it.
      Object.assign(this.#view, { message });
    }
    this.#newDay.watch(message !== undefined || layout.roots.length > 0);
    const badge = session.kind === 'signedIn' ? badgeOf(this.#groups.runners) : undefined;
    if (this.#view.badge?.tooltip !== badge?.tooltip) {
      // The tooltip has the same numbers.
      this.#view.badge = badge;
    }
    const { isLoading } = this.#inventory;
    this.#contextKeys.setAll(contextKeysOf({ session, state, layout, isLoading }));
    if (isLoading && !this.#progress) {
      this.#progress = true;
      // Without a network, loads fail at once, and the bar would flash again and again.
      const isOffline = state.error !== undefined && isOutage(state.error.problem);
      void this.#showProgress(isOffline ? PROGRESS_DELAY_MS : 0).then(() => (this.#progress = false));
    }
  }

  async #showProgress(delayMs: number): Promise<void> {
    const idle = this.#inventory.whenIdle();
    const isSlow = delayMs === 0 || (await Promise.race([idle.then(() => false), delay(delayMs, true)]));
    if (isSlow) {
      await window.withProgress({ location: { viewId: INTEGRATIONS_VIEW } }, () => idle);
    }
  }

  /** Keeps an item selected if its row moves. */
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
