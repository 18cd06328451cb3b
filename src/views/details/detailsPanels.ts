import { type Disposable, EventEmitter, type WebviewPanel } from 'vscode';
import type { Watcher } from '../../inventory/watcher.ts';
import { type ItemRef, refKey, sameRef } from '../../inventory/itemRef.ts';
import type { PanelContext } from '../panelContext.ts';
import type { PanelRestorer } from '../webviewPage.ts';
import type * as detailsPanel from './detailsPanel.ts';
import type { DetailsPanel, DetailsPanelContext } from './detailsPanel.ts';
import { DoubleClick } from './doubleClick.ts';

/** All details panels of the window: one that is reused, and those that are pinned. */
export class DetailsPanels implements Watcher, PanelRestorer, Disposable {
  readonly #context: DetailsPanelContext;
  readonly #panels = new Set<DetailsPanel>();
  readonly #panelAdded = new EventEmitter<void>();
  readonly onDidStartWatching = this.#panelAdded.event;
  readonly #visibilityChanged = new EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibilityChanged.event;
  readonly #doubleClick = new DoubleClick();
  #loading: Promise<typeof detailsPanel> | undefined;

  constructor(context: PanelContext) {
    this.#context = { ...context, open: (ref) => void this.show(ref, false) };
  }

  /** A panel may be the only thing that a window shows. */
  get isWatching(): boolean {
    return this.#panels.size > 0;
  }

  get isVisible(): boolean {
    return this.#find(({ panel }) => panel.visible) !== undefined;
  }

  /** Shows the details in the reused panel, unless a pinned one has them already. */
  async show(ref: ItemRef, preserveFocus: boolean): Promise<void> {
    this.#context.opened(ref);
    const create = await this.#creator();
    const pinned = this.#find((panel) => panel.pinned && sameRef(panel.ref, ref));
    const reused = pinned ?? this.#find((panel) => !panel.pinned);
    if (reused === undefined) {
      create(ref, false, preserveFocus);
      return;
    }
    if (!sameRef(reused.ref, ref)) {
      reused.show(ref);
    }
    reused.panel.reveal(undefined, preserveFocus);
  }

  /** Shows the details in a pinned panel, and focuses it. */
  async pin(ref: ItemRef): Promise<void> {
    this.#context.opened(ref);
    const create = await this.#creator();
    const shown = this.#find((panel) => sameRef(panel.ref, ref));
    if (shown === undefined) {
      create(ref, true, false);
      return;
    }
    shown.pin();
    shown.panel.reveal(undefined, false);
  }

  /** A click on a row shows the details without taking the focus; a double click pins them. */
  click(ref: ItemRef): Promise<void> {
    return this.#doubleClick.click(refKey(ref)) ? this.pin(ref) : this.show(ref, true);
  }

  /** Enter on a row counts as a double click. `press` passes the key on to the editor, which then clicks. */
  enter(press: () => Thenable<unknown>): Promise<void> {
    return this.#doubleClick.enter(press);
  }

  /** The item of the active panel; undefined if another editor is active. */
  get active(): ItemRef | undefined {
    return this.#find(({ panel }) => panel.active)?.ref;
  }

  /** Whether the details of an item can be seen. */
  isShown(ref: ItemRef): boolean {
    return this.#find(({ panel, ref: shown }) => panel.visible && sameRef(shown, ref)) !== undefined;
  }

  /** Closes the panel if its stored state does not name an item. */
  async restore(panel: WebviewPanel, stored: unknown): Promise<void> {
    const { decodeDetailsState } = await import('./detailsState.ts');
    const state = decodeDetailsState(stored);
    if (state === undefined) {
      panel.dispose();
    } else {
      const { DetailsPanel } = await this.#load();
      this.#add(DetailsPanel.restore(panel, this.#context, state));
    }
  }

  dispose(): void {
    this.#panels.forEach((panel) => panel.dispose());
    this.#panelAdded.dispose();
    this.#visibilityChanged.dispose();
  }

  /** Loads the panel's code; gives a function that makes a panel. */
  async #creator() {
    const { DetailsPanel } = await this.#load();
    return (ref: ItemRef, pinned: boolean, preserveFocus: boolean): void => {
      this.#add(DetailsPanel.open(this.#context, { ref, pinned }, preserveFocus));
    };
  }

  /** Loads the panel's code once. Callers share the promise, so they resume in call order. */
  #load(): Promise<typeof detailsPanel> {
    return (this.#loading ??= import('./detailsPanel.ts'));
  }

  #add(panel: DetailsPanel): void {
    this.#panels.add(panel);
    panel.panel.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
      this.#visibilityChanged.fire();
    });
    panel.panel.onDidChangeViewState(() => this.#visibilityChanged.fire());
    this.#panelAdded.fire();
  }

  #find(condition: (panel: DetailsPanel) => boolean): DetailsPanel | undefined {
    return [...this.#panels].find(condition);
  }
}
