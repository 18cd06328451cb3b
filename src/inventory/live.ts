import type { InventoryState } from './model.ts';

/** As the editor's events are. */
type Listen = (listener: () => void) => Disposable;

interface Disposable {
  dispose(): void;
}

export interface LiveOptions {
  readonly inventory: {
    readonly state: InventoryState;
    readonly isLoading: boolean;
    readonly onDidChange: Listen;
    refresh(plan: 'plain'): Promise<unknown>;
  };
  /** Whether anybody sees what a refresh would bring. */
  readonly view: { readonly visible: boolean; readonly onDidChangeVisibility: Listen };
  /** Milliseconds between the end of a load and the next one; 0 for never. Asked each time. */
  readonly intervalMs: () => number;
  readonly onDidChangeInterval: Listen;
}

/** When to refresh without being asked: in intervals, by the plain plan, while the view is visible. */
export class Live implements Disposable {
  readonly #options: LiveOptions;
  readonly #subscriptions: readonly Disposable[];
  /** `Date.now()` when the last load was seen to have ended: it counts on while a machine sleeps. */
  #endedAt = Date.now();
  #wasLoading = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    const { inventory, view, onDidChangeInterval } = options;
    this.#subscriptions = [
      inventory.onDidChange(() => this.#follow()),
      view.onDidChangeVisibility(() => this.#follow()),
      onDidChangeInterval(() => this.#follow()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.forEach((subscription) => subscription.dispose());
  }

  #follow(): void {
    const { inventory, view, intervalMs } = this.#options;
    const { isLoading, state } = inventory;
    if (this.#wasLoading && !isLoading) {
      this.#endedAt = Date.now();
    }
    this.#wasLoading = isLoading;
    clearTimeout(this.#timer);
    const interval = intervalMs();
    if (interval > 0 && view.visible && !isLoading && mayHelp(state)) {
      const wait = Math.max(0, this.#endedAt + interval - Date.now());
      this.#timer = setTimeout(() => void inventory.refresh('plain'), wait);
    }
  }
}

/** A key that was refused is refused again; and where nothing was loaded yet, the view asks for that itself. */
function mayHelp(state: InventoryState): boolean {
  return state.kind === 'ready' || (state.error !== undefined && state.error.problem !== 'keyRefused');
}
