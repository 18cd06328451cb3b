import type { SessionStore } from '../account/session.ts';
import type { Connection } from '../account/sessionState.ts';
import type { Disposable } from '../base/event.ts';

/** What belongs to one connection. */
export interface Held<T> {
  readonly connection: Connection;
  readonly value: T;
  /** Aborted once the session has another connection, or none: the value is void then. */
  readonly signal: AbortSignal;
}

/** A value that is only true of one connection to the API: made when it is first needed, void with its connection. */
export class PerConnection<T> implements Disposable {
  readonly #session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  readonly #make: () => T;
  readonly #onVoid: () => void;
  readonly #listener: Disposable;
  #held: (Held<T> & { readonly abort: AbortController }) | undefined;
  #isDisposed = false;

  /** @param onVoid called when a change of session has made a value void */
  constructor(session: Pick<SessionStore, 'connection' | 'onDidChange'>, make: () => T, onVoid: () => void) {
    this.#session = session;
    this.#make = make;
    this.#onVoid = onVoid;
    this.#listener = session.onDidChange(() => this.#followSession());
  }

  /** Undefined if none was made for the present connection. Changes nothing, so views may call it. */
  get value(): T | undefined {
    return this.#isCurrent() ? this.#held?.value : undefined;
  }

  /** Makes the value of the present connection if there is none yet; undefined while nobody is signed in, and at the end. */
  hold(): Held<T> | undefined {
    this.#followSession();
    const { connection } = this.#session;
    if (connection !== undefined && this.#held === undefined && !this.#isDisposed) {
      const abort = new AbortController();
      this.#held = { connection, value: this.#make(), abort, signal: abort.signal };
    }
    return this.#held;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listener.dispose();
    this.#drop();
  }

  /** The session may have changed without its listeners having been called yet. */
  #isCurrent(): boolean {
    return this.#held?.connection === this.#session.connection;
  }

  #followSession(): void {
    if (this.#held !== undefined && !this.#isCurrent()) {
      this.#drop();
      this.#onVoid();
    }
  }

  #drop(): void {
    this.#held?.abort.abort();
    this.#held = undefined;
  }
}
