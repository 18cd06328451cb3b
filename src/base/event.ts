/*
 * The parts of the editor's `Event`, `Disposable` and `EventEmitter` needed by code that also runs in plain Node. The
 * editor's own objects are assignable to these types.
 */

export interface Disposable {
  dispose(): unknown;
}

export type Event<T> = (listener: (event: T) => unknown) => Disposable;

export class Emitter<T> implements Disposable {
  /** One object per subscription, because the same function may subscribe twice. */
  readonly #subscriptions = new Set<{ readonly listener: (event: T) => unknown }>();

  readonly event: Event<T> = (listener) => {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return { dispose: () => this.#subscriptions.delete(subscription) };
  };

  /** Calls the current listeners. If one throws, the others are still called. */
  fire(event: T): void {
    for (const { listener } of [...this.#subscriptions]) {
      try {
        listener(event);
      } catch (error) {
        // Rethrown as an uncaught error, so that the editor logs it.
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
