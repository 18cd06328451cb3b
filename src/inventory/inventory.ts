import { type Disposable, EventEmitter } from 'vscode';
import type { Connection, SessionStore } from '../account/session.ts';
import { OnaApiError } from '../api/errors.ts';
import { loadInventory } from './load.ts';
import { type InventoryState, NO_ROWS, type Rows } from './model.ts';

const SIGNED_OUT: InventoryState = { kind: 'signedOut', rows: NO_ROWS };

/** The one store of what the organization has: one state, one load at a time. */
export class Inventory implements Disposable {
  readonly #session: SessionStore;
  readonly #changed = new EventEmitter<InventoryState>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  readonly #log: (error: Error) => void;
  #state: InventoryState = SIGNED_OUT;
  #connection: Connection | undefined;
  #load: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(session: SessionStore, log: (error: Error) => void) {
    this.#session = session;
    this.#log = log;
    this.#listener = session.onDidChange(() => this.#followSession());
  }

  get state(): InventoryState {
    return this.#state;
  }

  /**
   * Loads anew, or joins the load that is running. Waits for the session; settles when nothing more is on its way,
   * and never rejects: a failure is in the state.
   */
  async refresh(): Promise<InventoryState> {
    let connection: Connection | undefined;
    do {
      await this.#session.whenStarted();
      connection = this.#connection;
      if (this.#load === undefined && connection !== undefined) {
        this.#start(connection);
      }
      await this.whenIdle();
      // Somebody signed in or out meanwhile: what they will see is what the caller asked for.
    } while (connection !== this.#connection);
    return this.#state;
  }

  /** What there is to show, loaded first if nothing was yet. */
  async whenLoaded(): Promise<InventoryState> {
    await this.#session.whenStarted();
    return this.#state.kind === 'ready' || this.#state.kind === 'stale' ? this.#state : this.refresh();
  }

  get isLoading(): boolean {
    return this.#load !== undefined;
  }

  /** Settles when no load runs, one that a sign-in meanwhile has started included. */
  async whenIdle(): Promise<InventoryState> {
    while (this.#load !== undefined) {
      await this.#load.done;
    }
    return this.#state;
  }

  dispose(): void {
    this.#load?.abort.abort();
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #followSession(): void {
    const session = this.#session.current;
    const connection = session.kind === 'signedIn' ? session.connection : undefined;
    if (connection === this.#connection) {
      return;
    }
    this.#load?.abort.abort();
    this.#load = undefined;
    this.#connection = connection;
    this.#publish(connection === undefined ? SIGNED_OUT : { kind: 'loading', rows: NO_ROWS });
  }

  #start(connection: Connection): void {
    const abort = new AbortController();
    // In a microtask of its own, so that the load is known to run before its first state is published.
    const done = Promise.resolve()
      .then(() => this.#run(connection, abort.signal))
      .catch((error: unknown) => this.#failUnexpectedly(connection, error))
      .then(() => {
        if (this.#load === load) {
          this.#load = undefined;
        }
      });
    const load = { abort, done };
    this.#load = load;
  }

  async #run(connection: Connection, signal: AbortSignal): Promise<void> {
    if (connection !== this.#connection) {
      return;
    }
    const before = this.#state;
    this.#publish(
      before.kind === 'signedOut' || before.kind === 'loading' || before.kind === 'failed'
        ? { kind: 'loading', rows: before.rows }
        : { ...before, refreshing: true },
    );
    const result = await loadInventory(connection.client, before.rows, signal, (rows) => {
      if (connection === this.#connection && rows !== this.#state.rows) {
        this.#publish({ ...this.#state, rows });
      }
    });
    if (connection !== this.#connection) {
      return;
    }
    const { rows, error } = result;
    if (error === undefined) {
      this.#publish({ kind: 'ready', rows, asOf: new Date(), refreshing: false });
    } else {
      this.#fail(before, rows, error);
    }
  }

  #fail(before: InventoryState, rows: Rows, error: OnaApiError): void {
    const since = 'since' in before ? before.since : new Date();
    if (rows.runners.length > 0 || rows.integrations.length > 0) {
      const asOf = 'asOf' in before ? before.asOf : undefined;
      this.#publish({ kind: 'stale', rows, asOf, error, since, refreshing: false });
    } else {
      this.#publish({ kind: 'failed', rows, error, since });
    }
  }

  /** A defect of ours must not leave a view that loads for ever. */
  #failUnexpectedly(connection: Connection, error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error));
    this.#log(cause);
    if (connection !== this.#connection) {
      return;
    }
    const description = { method: 'load', host: new URL(connection.apiUrl).host, detail: cause.name };
    const failure = new OnaApiError({ problem: 'unexpectedAnswer', code: 'internal', ...description });
    this.#fail(this.#state, this.#state.rows, failure);
  }

  #publish(state: InventoryState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
