import type { Disposable, Event } from '../base/event.ts';
import type { Inventory } from './inventory.ts';
import type { InventoryState } from './model.ts';

/** Something that shows rows. */
export interface Watcher {
  readonly isWatching: boolean;
  /** Fires when it may have started to show rows, or more of them. */
  readonly onDidStartWatching: Event<unknown>;
}

/** The tree, which can be hidden. */
export interface View {
  readonly isVisible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
}

export interface AutoRefreshOptions {
  readonly inventory: Pick<Inventory, 'state' | 'isLoading' | 'onDidChange' | 'refresh' | 'refreshNow'>;
  /** Rows are kept up to date while it is visible. */
  readonly view: View;
  /** Open panels and documents, in front or not. They need rows too, but not up-to-date ones. */
  readonly editors: readonly Watcher[];
  /** Milliseconds between the end of a load and the next one; 0 for never. Read each time. */
  readonly intervalMs: () => number;
  readonly onDidChangeInterval: Event<unknown>;
}

/**
 * Loads automatically: once, as soon as anything shows rows, and then at intervals by the plain plan while the tree is
 * visible. Views do not start loads themselves.
 */
export class AutoRefresh implements Disposable {
  readonly #options: AutoRefreshOptions;
  readonly #subscriptions: readonly Disposable[];
  /** When the last load ended, as `Date.now()`, which continues while the machine sleeps. */
  #endedAt = Date.now();
  #wasLoading = false;
  /** Whether the first load has been requested but has not ended. */
  #isStarting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AutoRefreshOptions) {
    this.#options = options;
    const { inventory, view, editors, onDidChangeInterval } = options;
    this.#subscriptions = [
      inventory.onDidChange(() => this.#follow()),
      view.onDidChangeVisibility(() => {
        if (view.isVisible && inventory.state.kind === 'loading') {
          void inventory.refreshNow();
        } else {
          this.#follow();
        }
      }),
      ...editors.map((editor) =>
        editor.onDidStartWatching(() => {
          const { state } = inventory;
          if (editor.isWatching && state.kind === 'failed' && mayHelp(state)) {
            void inventory.refreshNow();
          } else {
            this.#follow();
          }
        }),
      ),
      onDidChangeInterval(() => this.#follow()),
    ];
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }

  #follow(): void {
    const { inventory, view, editors, intervalMs } = this.#options;
    const { isLoading, state } = inventory;
    if (this.#wasLoading && !isLoading) {
      this.#endedAt = Date.now();
    }
    this.#wasLoading = isLoading;
    clearTimeout(this.#timer);
    if (isLoading) {
      return;
    }
    const interval = intervalMs();
    if (state.kind === 'loading') {
      const isWatched = view.isVisible || editors.some(({ isWatching }) => isWatching);
      if (isWatched && !this.#isStarting) {
        this.#isStarting = true;
        void inventory.refresh().then(() => (this.#isStarting = false));
      }
    } else if (interval > 0 && view.isVisible && mayHelp(state)) {
      const wait = Math.max(0, this.#endedAt + interval - Date.now());
      this.#timer = setTimeout(() => void inventory.refresh('plain'), wait);
    }
  }
}

/** Whether another load may succeed: a rejected key would be rejected again. */
function mayHelp({ kind, error }: InventoryState): boolean {
  return kind === 'ready' || (error !== undefined && error.problem !== 'keyRefused');
}
