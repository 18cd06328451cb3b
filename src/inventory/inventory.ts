import { type Account, isSameAccount } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import type { Connection } from '../account/sessionState.ts';
import { type CompleteData, type CompletedLoad, type InventoryState, NO_DATA, SIGNED_OUT } from './model.ts';
import { type LoadPlan, LoadRun } from './load/loadRun.ts';
import { toBeLoaded } from './load/states.ts';
import type { Part } from './load/loader.ts';
import type { InventoryCache } from './inventoryCache.ts';

/** If a person asks for more runners, they are not read one by one. */
const MAX_SINGLE_RUNNERS = 4;

export interface InventoryOptions {
  readonly session: Pick<
    SessionStore,
    'connection' | 'account' | 'onDidChange' | 'whenStarted' | 'whenSubjectKnown'
  >;
  /** Keeps the last good rows when the window closes. */
  readonly cache: Pick<InventoryCache, 'read' | 'write'>;
  /** Receives errors that are bugs in the extension. */
  readonly log: (error: Error) => void;
}

/** The only store of the organization's runners and integrations: one state, one load at a time. */
export class Inventory implements Disposable {
  readonly #options: InventoryOptions;
  readonly #changed = new Emitter<InventoryState>();
  readonly onDidChange = this.#changed.event;
  readonly #completed = new Emitter<CompletedLoad>();
  /** Fires when a load has ended and everything it requested has arrived. */
  readonly onDidComplete = this.#completed.event;
  readonly #listener: Disposable;
  #state: InventoryState = SIGNED_OUT;
  #connection: Connection | undefined;
  /** The account of the connection's key, once it is known. */
  #account: Account | undefined;
  /** Resolves when the rows cached by an earlier window are restored. */
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
   * Loads everything again, or joins the running load. Waits for the session. Resolves when no load is running, and
   * never rejects: a failure is part of the state.
   *
   * @param plan how to load (`loader.ts`); background loads use the plain one
   */
  async refresh(plan: 'parallel' | 'plain' = 'parallel'): Promise<InventoryState> {
    let connection: Connection | undefined;
    do {
      await this.#options.session.whenStarted();
      connection = this.#connection;
      await this.#restored;
      // Another caller may have been waiting as well, and started one.
      while (this.#running?.isPartial === true) {
        await this.#running.done;
      }
      if (this.#running === undefined && connection !== undefined && connection === this.#connection) {
        this.#start(connection, { kind: 'all', plan });
      }
      await this.whenIdle();
      // If somebody signed in or out in the meantime, the caller gets the data of the new session.
    } while (connection !== this.#connection);
    return this.#state;
  }

  /** Like `refresh`, but for a person, who should not have to wait until a failed request is retried. */
  refreshNow(plan?: 'parallel' | 'plain'): Promise<InventoryState> {
    if (this.#running?.isBackingOff === true || this.#running?.isQuiet === true) {
      this.#stop();
    }
    return this.refresh(plan);
  }

  /**
   * Loads again because the network has changed. Requests sent before may never be answered, so a load that has not
   * received anything starts over.
   */
  reconnect(): Promise<InventoryState> {
    if (this.#running?.isWaiting === true) {
      this.#stop();
    }
    return this.refresh(this.#state.kind === 'loading' ? 'parallel' : 'plain');
  }

  /**
   * Reloads only these runners, after any running load has ended. If there are more than a few, only their integrations
   * are reloaded: their rows stay as the last list had them.
   */
  async reloadRunners(ids: readonly string[]): Promise<void> {
    const runners = ids.length > MAX_SINGLE_RUNNERS ? [] : ids;
    await this.#loadPart({ runners, integrationsOf: ids });
  }

  /**
   * Reads a part again because it may have changed, after any running load has ended. Only what has changed is shown.
   *
   * @returns whether all of it could be read
   */
  async reread(part: Part & { readonly signIns: boolean }): Promise<boolean> {
    const running = await this.#loadPart({ ...part, isQuiet: true });
    return running?.isRead === true;
  }

  /** @returns the load that has ended; undefined if there was nothing to load */
  async #loadPart(part: Omit<LoadPlan & { kind: 'part' }, 'kind'>): Promise<LoadRun | undefined> {
    // Another caller may have been waiting as well, and started a load.
    while (this.#running !== undefined) {
      await this.#running.done;
    }
    const isEmpty = part.runners.length + part.integrationsOf.length === 0 && part.signIns !== true;
    if (isEmpty || this.#connection === undefined) {
      return undefined;
    }
    const running = this.#start(this.#connection, { kind: 'part', ...part });
    await this.whenIdle();
    return running;
  }

  /** Reloads the runners whose integrations could not be loaded with the rest. */
  async retryFailedRunners(): Promise<void> {
    await this.whenIdle();
    await this.reloadRunners([...(this.#state.data.runnerErrors?.keys() ?? [])]);
  }

  /** Cancels the running load. Rows that have arrived stay, and so do the last good ones. */
  cancel(): void {
    this.#running?.cancel();
  }

  /** The state; unless it is `ready` or `stale`, loads first. */
  async whenLoaded(): Promise<InventoryState> {
    await this.#options.session.whenStarted();
    return this.#state.kind === 'ready' || this.#state.kind === 'stale' ? this.#state : this.refreshNow();
  }

  /** Whether a load is running that somebody has asked for, or that is due. */
  get isLoading(): boolean {
    return this.#running !== undefined && !this.#running.isQuiet;
  }

  /** Whether a load of everything is running. */
  get isLoadingAll(): boolean {
    return this.#running !== undefined && !this.#running.isPartial;
  }

  /** Whether any load is running. */
  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves when no load is running, including one that was started in the meantime. */
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
      const wasUnknown = this.#account === undefined;
      this.#account = account;
      if (wasUnknown) {
        this.#writeCache();
      }
      if (this.#withOwnSignIns(this.#state) !== this.#state) {
        this.#publish(this.#state);
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
      // Another key of the same account: its rows stay until they are loaded again. It may be another person's.
      const signIns = account?.subjectId === undefined ? undefined : before.state.signIns;
      this.#publish(toBeLoaded({ ...before.state, signIns }));
    } else {
      this.#publish(toBeLoaded({ data: NO_DATA, signIns: undefined, asOf: undefined }));
      this.#restored = this.#restore(connection, this.#account);
    }
  }

  /** Shows the rows cached by an earlier window. */
  async #restore(connection: Connection, account: Account | undefined): Promise<void> {
    const cached = account && (await this.#options.cache.read(account));
    if (cached !== undefined && connection === this.#connection) {
      this.#complete = cached;
      this.#publish(toBeLoaded({ ...cached, signIns: this.#state.signIns }));
    }
  }

  /** Caches complete rows for the next window. */
  #writeCache(): void {
    if (this.#complete !== undefined && this.#account !== undefined) {
      this.#complete = { ...this.#complete, sequence: this.#account.sequence };
      void this.#options.cache.write(this.#account, this.#complete);
    }
  }

  /** Cancels the load as if it had never started, except for the rows that have arrived. */
  #stop(): void {
    if (this.#running !== undefined) {
      this.#running.drop();
      const { before, data } = this.#running;
      const isMixed = before.kind === 'ready' && data !== before.data;
      this.#state = this.#withOwnSignIns({ ...before, data, ...(isMixed && { isMixed }) });
      this.#running = undefined;
    }
  }

  #start({ client }: Connection, plan: LoadPlan): LoadRun {
    const running: LoadRun = new LoadRun({
      client,
      whenSubjectKnown: () => this.#options.session.whenSubjectKnown(),
      before: this.#state,
      plan,
      publish: (state) => this.#publish(state),
      end: (state, isComplete) => {
        if (this.#running === running) {
          this.#running = undefined;
        }
        this.#publish(state);
        if (isComplete && state.kind === 'ready' && state.isMixed !== true) {
          const before = this.#complete;
          this.#complete = { data: state.data, asOf: state.asOf };
          this.#writeCache();
          this.#completed.fire({ before, after: this.#complete, at: new Date() });
        }
      },
      log: this.#options.log,
    });
    this.#running = running;
    return running;
  }

  #publish(state: InventoryState): void {
    this.#state = this.#withOwnSignIns(state);
    this.#changed.fire(this.#state);
  }

  /** Leaves out the sign-ins of another person, whose key for the same organization was used before. */
  #withOwnSignIns(state: InventoryState): InventoryState {
    const owner = this.#account?.subjectId;
    const isOther = owner !== undefined && state.signIns !== undefined && state.signIns.subject.id !== owner;
    return isOther ? { ...state, signIns: undefined } : state;
  }
}
