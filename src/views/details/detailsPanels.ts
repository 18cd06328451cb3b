import { type Disposable, ViewColumn, type WebviewPanel, window } from 'vscode';
import type * as detailsPanel from './detailsPanel.ts';
import type { DetailsPanel, DetailsPanelContext } from './detailsPanel.ts';
import { sameTarget } from './detailsTarget.ts';
import type { DetailsState, DetailsTarget } from './messages.ts';
import { DETAILS_VIEW_TYPE } from './viewType.ts';

/** All details panels of the window: one that is re-used, and those that were kept open. */
export class DetailsPanels implements Disposable {
  readonly #context: DetailsPanelContext;
  readonly #panels = new Set<DetailsPanel>();

  constructor(context: Omit<DetailsPanelContext, 'open'>) {
    this.#context = { ...context, open: (target) => void this.show(target, false) };
  }

  /** Shows the details in the panel that is re-used, unless a kept one has them already. */
  async show(target: DetailsTarget, preserveFocus: boolean): Promise<void> {
    this.#context.opened(target);
    const create = await this.#creator();
    const kept = this.#find((panel) => panel.kept && sameTarget(panel.target, target));
    const reused = kept ?? this.#find((panel) => !panel.kept);
    if (reused === undefined) {
      create(target, false, preserveFocus);
      return;
    }
    if (!sameTarget(reused.target, target)) {
      reused.show(target);
    }
    reused.panel.reveal(undefined, preserveFocus);
  }

  /** Gives the details a panel of their own, and the focus. */
  async keep(target: DetailsTarget): Promise<void> {
    this.#context.opened(target);
    const create = await this.#creator();
    const shown = this.#find((panel) => sameTarget(panel.target, target));
    if (shown === undefined) {
      create(target, true, false);
      return;
    }
    shown.keep();
    shown.panel.reveal(undefined, false);
  }

  /** What the panel shows that is in front; undefined where there is none. */
  get active(): DetailsTarget | undefined {
    return this.#find(({ panel }) => panel.active)?.target;
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
    return (target: DetailsTarget, kept: boolean, preserveFocus: boolean): void => {
      const panel = window.createWebviewPanel(DETAILS_VIEW_TYPE, '', {
        viewColumn: ViewColumn.Active,
        preserveFocus,
      });
      this.#add(new DetailsPanel(panel, this.#context, { target, kept }));
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
