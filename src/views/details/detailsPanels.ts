import { type Disposable, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type ItemRef, sameRef } from '../../inventory/itemRef.ts';
import type * as detailsPanel from './detailsPanel.ts';
import type { DetailsPanel, DetailsPanelContext } from './detailsPanel.ts';
import type { DetailsState } from './messages.ts';
import { DETAILS_VIEW_TYPE } from '../../names.ts';

/** All details panels of the window: one that is re-used, and those that were kept open. */
export class DetailsPanels implements Disposable {
  readonly #context: DetailsPanelContext;
  readonly #panels = new Set<DetailsPanel>();

  constructor(context: Omit<DetailsPanelContext, 'open'>) {
    this.#context = { ...context, open: (ref) => void this.show(ref, false) };
  }

  /** Shows the details in the panel that is re-used, unless a kept one has them already. */
  async show(ref: ItemRef, preserveFocus: boolean): Promise<void> {
    this.#context.opened(ref);
    const create = await this.#creator();
    const kept = this.#find((panel) => panel.kept && sameRef(panel.ref, ref));
    const reused = kept ?? this.#find((panel) => !panel.kept);
    if (reused === undefined) {
      create(ref, false, preserveFocus);
      return;
    }
    if (!sameRef(reused.ref, ref)) {
      reused.show(ref);
    }
    reused.panel.reveal(undefined, preserveFocus);
  }

  /** Gives the details a panel of their own, and the focus. */
  async keep(ref: ItemRef): Promise<void> {
    this.#context.opened(ref);
    const create = await this.#creator();
    const shown = this.#find((panel) => sameRef(panel.ref, ref));
    if (shown === undefined) {
      create(ref, true, false);
      return;
    }
    shown.keep();
    shown.panel.reveal(undefined, false);
  }

  /** What the panel shows that is in front; undefined where there is none. */
  get active(): ItemRef | undefined {
    return this.#find(({ panel }) => panel.active)?.ref;
  }

  /** Takes up a panel of an earlier window. @param state what its webview had stored; undefined where that was nothing */
  async restore(panel: WebviewPanel, state: DetailsState | undefined): Promise<void> {
    if (state === undefined) {
      panel.dispose();
    } else {
      const { DetailsPanel } = await loadPanel();
      this.#add(new DetailsPanel(panel, this.#context, state));
    }
  }

  dispose(): void {
    this.#panels.forEach((panel) => panel.dispose());
  }

  /** Makes a panel. Whoever waits for this goes on in the order in which they asked. */
  async #creator() {
    const { DetailsPanel } = await loadPanel();
    return (ref: ItemRef, kept: boolean, preserveFocus: boolean): void => {
      const panel = window.createWebviewPanel(DETAILS_VIEW_TYPE, '', {
        viewColumn: ViewColumn.Active,
        preserveFocus,
      });
      this.#add(new DetailsPanel(panel, this.#context, { ref, kept }));
    };
  }

  #add(panel: DetailsPanel): void {
    this.#panels.add(panel);
    panel.panel.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
    });
  }

  #find(condition: (panel: DetailsPanel) => boolean): DetailsPanel | undefined {
    return [...this.#panels].find(condition);
  }
}

let loading: Promise<typeof detailsPanel> | undefined;

/** A file of its own (esbuild.mjs), loaded when the first panel is shown. */
function loadPanel(): Promise<typeof detailsPanel> {
  return (loading ??= import('./detailsPanel.ts'));
}
