import type { Disposable, Event } from '../base/event.ts';
import { type Clocks, Stopwatch, SYSTEM_CLOCKS } from '../base/stopwatch.ts';
import { isLimitExceeded, isNetworkProblem, isOutage } from '../api/transport/errors.ts';
import type { Inventory } from './inventory.ts';
import { LiveConnection, type StreamSource } from './liveConnection.ts';
import type { InventoryState } from './model.ts';
import { Outage } from './outage.ts';
import { type RefreshPlan, refreshPlanOf } from './refreshPlan.ts';
import type { View, Watcher } from './watcher.ts';

export interface AutoRefreshOptions {
  readonly inventory: Pick<
    Inventory,
    | 'state'
    | 'isLoading'
    | 'isLoadingAll'
    | 'isBusy'
    | 'onDidChange'
    | 'refresh'
    | 'refreshNow'
    | 'reconnect'
    | 'whenIdle'
    | 'reread'
  >;
  /** Whose stream of events is read; undefined if nobody is signed in. */
  readonly connection: () => StreamSource | undefined;
  /** Rows are kept up to date while it is visible. */
  readonly view: View;
  /** Open panels and documents. They need rows too: once there are any, only the stream keeps them up to date. */
  readonly editors: readonly Watcher[];
  /** Milliseconds between the end of a load and the next one; 0 for never. Read each time. */
  readonly intervalMs: () => number;
  /** Whether the user wants live updates. Read each time. */
  readonly isLive: () => boolean;
  /** Fires when the user has changed `intervalMs` or `isLive`. */
  readonly onDidChangeSettings: Event<unknown>;
  /** Whether the window has the focus now. */
  readonly isFocused: () => boolean;
  /** Fires when the window gains or loses the focus. */
  readonly onDidChangeFocus: Event<boolean>;
  /** Calls back when the machine's network changes. Only used while that may matter. */
  readonly watchNetwork: (onChange: () => void) => Disposable;
  readonly log: (line: string) => void;
  /** Receives errors that are bugs in the extension. */
  readonly logDefect: (error: Error) => void;
  readonly clocks?: Clocks;
}

/** A timer stands still while the machine sleeps, so the time is checked at least this often, in milliseconds. */
const CHECK_MS = 5_000;

/** If a check comes so many milliseconds late, the machine has slept. */
const SLEEP_MS = 30_000;

/**
 * Loads automatically: once, as soon as anything shows rows, and then at intervals by the plain plan while the tree is
 * visible, or an editor still has nothing to show. If the network fails, it tries more often, until the network is
 * back. While the API sends events, what they name is read again at once. Views do not start loads themselves.
 *
 * It only notes what happens. What follows from that is decided in one place (`refreshPlan.ts`).
 */
export class AutoRefresh implements Disposable {
  readonly #options: AutoRefreshOptions;
  readonly #clocks: Clocks;
  readonly #subscriptions: readonly Disposable[];
  /** Since the last load of everything ended. */
  readonly #idle: Stopwatch;
  /** Since the window lost the focus; undefined if it has it. */
  #unfocused: Stopwatch | undefined;
  /** Since the time was last checked. */
  readonly #checked: Stopwatch;
  #wasLoadingAll = false;
  /** Whether the first load has been requested but has not ended. */
  #isStarting = false;
  #outage: Outage | undefined;
  #outageWaitMs = 0;
  #gap: 'events' | 'sleep' | undefined;
  /** The rows before the running load, if it fills a gap. It does not if it fails or is canceled. */
  #before: Pick<InventoryState, 'asOf'> | undefined;
  #networkWatch: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #live: LiveConnection;

  constructor(options: AutoRefreshOptions) {
    this.#options = options;
    const { inventory, view, editors, onDidChangeSettings, onDidChangeFocus, isFocused } = options;
    this.#clocks = options.clocks ?? SYSTEM_CLOCKS;
    this.#idle = new Stopwatch(this.#clocks);
    this.#checked = new Stopwatch(this.#clocks);
    this.#unfocused = isFocused() ? undefined : new Stopwatch(this.#clocks);
    this.#live = new LiveConnection(options.connection, {
      inventory,
      onGap: () => {
        this.#gap ??= 'events';
        this.#follow();
      },
      log: options.log,
      logDefect: options.logDefect,
      now: this.#clocks.monotonic,
      random: Math.random,
    });
    this.#subscriptions = [
      inventory.onDidChange(() => this.#follow()),
      view.onDidChangeVisibility(() => {
        if (view.isVisible && inventory.state.kind === 'loading') {
          void inventory.refreshNow();
        } else {
          this.#follow();
        }
      }),
      ...editors.flatMap((editor) => [
        editor.onDidStartWatching(() => {
          const { state } = inventory;
          if (editor.isWatching && state.kind === 'failed' && mayHelp(state)) {
            void inventory.refreshNow();
          } else {
            this.#follow();
          }
        }),
        editor.onDidChangeVisibility(() => this.#follow()),
      ]),
      onDidChangeSettings(() => {
        if (!options.isLive()) {
          this.#live.reset();
        }
        this.#follow();
      }),
      onDidChangeFocus((hasFocus) => {
        this.#unfocused = hasFocus ? undefined : new Stopwatch(this.#clocks);
        if (hasFocus && this.#plan().isWatched && isNetworkDown(inventory.state)) {
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
    this.#live.dispose();
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }

  #plan(): RefreshPlan {
    const { inventory, view, editors, intervalMs, isLive } = this.#options;
    const { state } = inventory;
    return refreshPlanOf({
      kind: state.kind,
      mayHelp: mayHelp(state),
      isViewVisible: view.isVisible,
      isEditorOpen: editors.some(({ isWatching }) => isWatching),
      isEditorVisible: editors.some(({ isVisible }) => isVisible),
      unfocusedMs: this.#unfocused?.elapsedMs ?? 0,
      isLive: isLive(),
      sinceLoadMs: this.#idle.elapsedMs,
      intervalMs: intervalMs(),
      outageWaitMs: this.#outage && this.#outageWaitMs,
      gap: this.#gap,
    });
  }

  #follow(): void {
    this.#noteSleep();
    const { isLoading, isLoadingAll, state } = this.#options.inventory;
    if (!this.#wasLoadingAll && isLoadingAll) {
      // Whatever was missed before arrives now.
      this.#before = this.#gap && state;
      this.#gap = undefined;
    } else if (this.#wasLoadingAll && !isLoadingAll) {
      this.#idle.restart();
      if (this.#before !== undefined && (state.error ?? state.asOf === this.#before.asOf)) {
        // Not at once, even after sleep: it would probably fail again, or somebody does not want it now.
        this.#gap ??= 'events';
      }
      this.#before = undefined;
      this.#followOutage(state);
    }
    this.#wasLoadingAll = isLoadingAll;
    const plan = this.#plan();
    this.#watchNetwork(plan.isWatched && (isLoading || isNetworkDown(state)));
    this.#live.follow(plan.wantsStream);
    this.#schedule(plan);
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
        if (this.#plan().isWatched) {
          void inventory.reconnect();
        } else {
          this.#follow();
        }
      });
    }
  }

  #schedule({ load, wantsStream }: RefreshPlan): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { inventory } = this.#options;
    if (inventory.isLoading) {
      return;
    }
    if (load?.plan === 'parallel') {
      if (!this.#isStarting) {
        this.#isStarting = true;
        void inventory.refresh().then(() => (this.#isStarting = false));
      }
      return;
    }
    if (load === undefined && !wantsStream) {
      return;
    }
    this.#checked.restart();
    this.#timer = setTimeout(() => this.#check(), Math.min(load?.inMs ?? CHECK_MS, CHECK_MS));
  }

  #noteSleep(): void {
    if (this.#timer !== undefined && this.#checked.elapsedMs > CHECK_MS + SLEEP_MS) {
      this.#checked.restart();
      this.#gap = 'sleep';
      this.#live.restart();
    }
  }

  #check(): void {
    this.#noteSleep();
    this.#timer = undefined;
    // An editor may have been closed, which fires no event.
    if (this.#plan().load?.inMs === 0) {
      void this.#options.inventory.refresh('plain');
    } else {
      this.#follow();
    }
  }
}

/** Whether another load may succeed: a rejected key would be rejected again, and an endless list would not end. */
function mayHelp({ kind, error }: InventoryState): boolean {
  const isFinal = error === undefined || error.problem === 'keyRefused' || isLimitExceeded(error);
  return kind === 'ready' || !isFinal;
}

function isNetworkDown({ error, retry }: InventoryState): boolean {
  const failure = error ?? retry?.error;
  // A limit of requests is no reason to send more of them, whoever sets it.
  return failure !== undefined && isNetworkProblem(failure.problem) && failure.httpStatus !== 429;
}
