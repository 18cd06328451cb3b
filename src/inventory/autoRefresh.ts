import type { Disposable, Event } from '../base/event.ts';
import { type Clocks, Stopwatch } from '../base/stopwatch.ts';
import { isLimitExceeded, isNetworkProblem, isOutage } from '../api/transport/errors.ts';
import type { Inventory } from './inventory.ts';
import type { InventoryState } from './model.ts';
import { Outage } from './outage.ts';

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
  readonly inventory: Pick<
    Inventory,
    'state' | 'isLoading' | 'onDidChange' | 'refresh' | 'refreshNow' | 'reconnect'
  >;
  /** Rows are kept up to date while it is visible. */
  readonly view: View;
  /** Open panels and documents, in front or not. They need rows too: once there are any, they need not be up to date. */
  readonly editors: readonly Watcher[];
  /** Milliseconds between the end of a load and the next one; 0 for never. Read each time. */
  readonly intervalMs: () => number;
  readonly onDidChangeInterval: Event<unknown>;
  /** Fires when the user returns to the window. */
  readonly onDidFocus: Event<unknown>;
  /** Calls back when the machine's network changes. Only used while that may matter. */
  readonly watchNetwork: (onChange: () => void) => Disposable;
  readonly clocks?: Clocks;
}

/** A timer stands still while the machine sleeps, so the time is checked at least this often, in milliseconds. */
const CHECK_MS = 5_000;

/**
 * Loads automatically: once, as soon as anything shows rows, and then at intervals by the plain plan while the tree is
 * visible, or an editor still has nothing to show. If the network fails, it tries more often, until the network is back.
 * Views do not start loads themselves.
 */
export class AutoRefresh implements Disposable {
  readonly #options: AutoRefreshOptions;
  readonly #subscriptions: readonly Disposable[];
  /** Since the last load ended. */
  readonly #idle: Stopwatch;
  #wasLoading = false;
  /** Whether the first load has been requested but has not ended. */
  #isStarting = false;
  #outage: Outage | undefined;
  #outageWaitMs = 0;
  #networkWatch: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AutoRefreshOptions) {
    this.#options = options;
    this.#idle = new Stopwatch(options.clocks);
    const { inventory, view, editors, onDidChangeInterval, onDidFocus } = options;
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
      onDidFocus(() => {
        if (this.#isWatched && isNetworkDown(inventory.state)) {
          // The user may have connected a VPN, or signed in to the network.
          void inventory.refreshNow('plain');
        } else {
          this.#follow();
        }
      }),
    ];
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#networkWatch?.dispose();
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }

  /** Whether anybody sees the rows, or the lack of them. */
  get #isWatched(): boolean {
    const { inventory, view, editors } = this.#options;
    return view.isVisible || (hasNoRows(inventory.state) && editors.some(({ isWatching }) => isWatching));
  }

  #follow(): void {
    const { isLoading, state } = this.#options.inventory;
    if (this.#wasLoading && !isLoading) {
      this.#idle.restart();
      this.#followOutage(state);
    }
    this.#wasLoading = isLoading;
    this.#watchNetwork(this.#isWatched && (isLoading || isNetworkDown(state)));
    this.#schedule();
  }

  #followOutage({ error }: InventoryState): void {
    if (error === undefined || !isOutage(error.problem)) {
      this.#outage = undefined;
    } else {
      this.#outage ??= new Outage(this.#options.clocks);
      this.#outageWaitMs = this.#outage.nextWaitMs();
    }
  }

  #watchNetwork(isNeeded: boolean): void {
    if (!isNeeded) {
      this.#networkWatch?.dispose();
      this.#networkWatch = undefined;
    } else {
      const { inventory, watchNetwork } = this.#options;
      this.#networkWatch ??= watchNetwork(() => {
        if (this.#isWatched) {
          void inventory.reconnect();
        } else {
          this.#follow();
        }
      });
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { inventory } = this.#options;
    if (inventory.isLoading) {
      return;
    }
    if (inventory.state.kind === 'loading') {
      if (this.#isWatched && !this.#isStarting) {
        this.#isStarting = true;
        void inventory.refresh().then(() => (this.#isStarting = false));
      }
      return;
    }
    const waitMs = this.#waitMs();
    if (waitMs === undefined) {
      return;
    }
    const left = waitMs - this.#idle.elapsedMs;
    this.#timer = setTimeout(
      () => {
        // An editor may have been closed, which fires no event.
        if (left > CHECK_MS || this.#waitMs() === undefined) {
          this.#follow();
        } else {
          void inventory.refresh('plain');
        }
      },
      Math.min(Math.max(0, left), CHECK_MS),
    );
  }

  /** Milliseconds between the end of the last load and the next one; undefined if none is planned. */
  #waitMs(): number | undefined {
    if (!this.#isWatched) {
      return undefined;
    }
    if (this.#outage !== undefined) {
      return this.#outageWaitMs;
    }
    const intervalMs = this.#options.intervalMs();
    return intervalMs > 0 && mayHelp(this.#options.inventory.state) ? intervalMs : undefined;
  }
}

/** Whether there are no rows to show. */
function hasNoRows({ kind }: InventoryState): boolean {
  return kind === 'loading' || kind === 'failed';
}

/** Whether another load may succeed: a rejected key would be rejected again, and an endless list would not end. */
function mayHelp({ kind, error }: InventoryState): boolean {
  return (
    kind === 'ready' || (error !== undefined && error.problem !== 'keyRefused' && !isLimitExceeded(error))
  );
}

function isNetworkDown({ error, retry }: InventoryState): boolean {
  const failure = error ?? retry?.error;
  // A limit of requests is no reason to send more of them, whoever sets it.
  return failure !== undefined && isNetworkProblem(failure.problem) && failure.httpStatus !== 429;
}
