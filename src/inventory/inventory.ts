import { type Account, isSameAccount } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import type { Connection } from '../account/sessionState.ts';
import { type CompleteData, type InventoryState, NO_DATA, SIGNED_OUT } from './model.ts';
import { type LoadPlan, LoadRun } from './load/loadRun.ts';
import type { InventoryCache } from './inventoryCache.ts';

export interface InventoryOptions {
  readonly session: Pick<SessionStore, 'connection' | 'account' | 'onDidChange' | 'whenStarted'>;
  /** Where the last good rows outlive the window. */
  readonly cache: Pick<InventoryCache, 'read' | 'write'>;
  /** Takes a defect of ours. */
  readonly log: (error: Error) => void;
}

/** What a load has changed. */
export interface CompletedLoad {
  /** The complete rows before, of the same account; perhaps of an earlier window. Undefined if there were none. */
  readonly before: CompleteData | undefined;
  readonly after: CompleteData;
}

/** The one store of what the organization has: one state, one load at a time. */
export class Inventory implements Disposable {
  readonly #options: InventoryOptions;
  readonly #changed = new Emitter<InventoryState>();
  readonly onDidChange = this.#changed.event;
  readonly #completed = new Emitter<CompletedLoad>();
  /** A load has ended, and all that it asked for has come. */
  readonly onDidComplete = this.#completed.event;
  readonly #listener: Disposable;
  #state: InventoryState = SIGNED_OUT;
  #connection: Connection | undefined;
  /** Whose key that of the connection is, once that is known. */
  #account: Account | undefined;
  /** Settles when the rows that an earlier window has left stand. */
  #restored: Promise<void> = Promise.resolve();
  #running: LoadRun | undefined;
  /** The last complete rows of the account. */
  #complete: CompleteData | undefined;

  constructor(options: InventoryOptions) {
    this.#options = options;
    this.#listener = options.session.onDidChange(() => this.#followSession());
  }

  get state(): InventoryState {
    return this.#state;
  }

  /**
   * Loads everything anew, or joins the load that is running. Waits for the session; settles when nothing more is on its
   * way, and never rejects: a failure is in the state.
   *
   * @param plan how to load (`loader.ts`); what nobody waits for takes the plain one
   */
  async refresh(plan: 'parallel' | 'plain' = 'parallel'): Promise<InventoryState> {
    let connection: Connection | undefined;
    do {
      await this.#options.session.whenStarted();
      connection = this.#connection;
      await this.#restored;
      if (this.#running?.isPartial === true) {
        await this.#running.done;
      }
      if (this.#running === undefined && connection !== undefined && connection === this.#connection) {
        this.#start(connection, { kind: 'all', plan });
      }
      await this.whenIdle();
      // Somebody signed in or out meanwhile: what they will see is what the caller asked for.
    } while (connection !== this.#connection);
    return this.#state;
  }

  /** The same, but for a person who does not want to wait until a load that has failed tries again. */
  refreshNow(): Promise<InventoryState> {
    if (this.#running?.isBackingOff === true) {
      this.#stop();
    }
    return this.refresh();
  }

  /**
   * Loads these runners again, and nothing else; waits for a load that is running. Of more than a few, only the
   * integrations.
   */
  async reloadRunners(ids: readonly string[]): Promise<void> {
    // Somebody else may have waited too, and started a load.
    while (this.#running !== undefined) {
      await this.#running.done;
    }
    if (ids.length > 0 && this.#connection !== undefined) {
      this.#start(this.#connection, { kind: 'runners', ids });
    }
    await this.whenIdle();
  }

  /** The same for the runners whose integrations could not be loaded beside the rest. */
  async retryFailedRunners(): Promise<void> {
    await this.whenIdle();
    await this.reloadRunners([...(this.#state.data.runnerErrors?.keys() ?? [])]);
  }

  /** Ends the load that is running. What has come stays, and so do the last good rows. */
  cancel(): void {
    this.#running?.cancel();
  }

  /** What there is to show, loaded first if nothing was yet. */
  async whenLoaded(): Promise<InventoryState> {
    await this.#options.session.whenStarted();
    return this.#state.kind === 'ready' || this.#state.kind === 'stale' ? this.#state : this.refreshNow();
  }

  get isLoading(): boolean {
    return this.#running !== undefined;
  }

  /** Settles when no load runs, one that a sign-in meanwhile has started included. */
  async whenIdle(): Promise<InventoryState> {
    while (this.#running !== undefined) {
      await this.#running.done;
    }
    return this.#state;
  }

  dispose(): void {
    this.#running?.drop();
    // Release callers of `whenIdle`.
    this.#running = undefined;
    this.#listener.dispose();
    this.#changed.dispose();
    this.#completed.dispose();
  }

  #followSession(): void {
    const { connection, account } = this.#options.session;
    if (connection === this.#connection) {
      const isNews = this.#account === undefined;
      this.#account = account;
      if (isNews) {
        this.#keep();
      }
      return;
    }
    this.#stop();
    const before = { account: this.#account, state: this.#state };
    this.#connection = connection;
    this.#account = account;
    if (!isSameAccount(before.account, account)) {
      this.#complete = undefined;
    }
    if (connection === undefined) {
      this.#publish(SIGNED_OUT);
    } else if (isSameAccount(before.account, this.#account)) {
      // Another key for what is shown: it stays until it is loaded anew.
      this.#publish(toBeLoaded(before.state));
    } else {
      this.#publish(toBeLoaded({ data: NO_DATA, asOf: undefined }));
      this.#restored = this.#restore(connection, this.#account);
    }
  }

  /** Shows what an earlier window has left. */
  async #restore(connection: Connection, account: Account | undefined): Promise<void> {
    const cached = account && (await this.#options.cache.read(account));
    if (cached !== undefined && connection === this.#connection) {
      this.#complete = cached;
      this.#publish(toBeLoaded(cached));
    }
  }

  /** Keeps what has just been loaded for the next window. */
  #keep(): void {
    if (this.#state.kind === 'ready' && this.#account !== undefined) {
      void this.#options.cache.write(this.#account, this.#state);
    }
  }

  /** Ends the load as if it had not begun, but for the rows that have come. */
  #stop(): void {
    if (this.#running !== undefined) {
      this.#running.drop();
      this.#state = { ...this.#running.before, data: this.#running.data };
      this.#running = undefined;
    }
  }

  #start({ client }: Connection, plan: LoadPlan): void {
    const running: LoadRun = new LoadRun({
      client,
      before: this.#state,
      plan,
      publish: (state) => this.#publish(state),
      end: (state, isComplete) => {
        if (this.#running === running) {
          this.#running = undefined;
        }
        this.#publish(state);
        this.#keep();
        if (isComplete && state.kind === 'ready') {
          const before = this.#complete;
          this.#complete = { data: state.data, asOf: state.asOf };
          this.#completed.fire({ before, after: this.#complete });
        }
      },
      log: this.#options.log,
    });
    this.#running = running;
  }

  #publish(state: InventoryState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

/** Rows that nobody has asked the API for yet. */
function toBeLoaded({ data, asOf }: Pick<InventoryState, 'data' | 'asOf'>): InventoryState {
  return { kind: 'loading', data, asOf, isLoading: false, retry: undefined, error: undefined };
}
