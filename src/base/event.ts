/*
 * As much of the editor's `Event`, `Disposable` and `EventEmitter` as code needs that also runs in plain Node. Values of
 * the editor's types fit these.
 */

export interface Disposable {
  dispose(): unknown;
}

export type Event<T> = (listener: (event: T) => unknown) => Disposable;

export class Emitter<T> implements Disposable {
  /** An object for each subscription: one function may listen twice. */
  readonly #subscriptions = new Set<{ readonly listener: (event: T) => unknown }>();

  readonly event: Event<T> = (listener) => {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return { dispose: () => this.#subscriptions.delete(subscription) };
  };

  /** Calls the listeners that there are now. One that throws keeps no other from being called. */
  fire(event: T): void {
    for (const { listener } of [...this.#subscriptions]) {
      try {
        listener(event);
      } catch (error) {
        // Rethrown where nothing catches it: the editor logs it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#subscriptions.clear();
  }
}
