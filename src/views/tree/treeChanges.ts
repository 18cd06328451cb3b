import { type Disposable, Emitter } from '../../base/event.ts';

/**
 * Tells VS Code which rows have changed. Once it was told that all have, it is told nothing more until it asks for them,
 * because it will get the latest ones. Otherwise it would drop them again 200 ms later (`Event.debounce` in its
 * extHostTreeViews.ts), and until it has asked once more, a command on a row would act on nothing.
 */
export class TreeChanges<Row> implements Disposable {
  readonly #changed = new Emitter<Row[] | undefined>();
  /** Fires with rows, or with undefined for all. */
  readonly event = this.#changed.event;
  #isAwaited = false;

  all(): void {
    if (!this.#isAwaited) {
      this.#isAwaited = true;
      this.#changed.fire(undefined);
    }
  }

  some(rows: Iterable<Row>): void {
    const changed = [...rows];
    if (changed.length > 0 && !this.#isAwaited) {
      this.#changed.fire(changed);
    }
  }

  /** VS Code asks for all rows. */
  asked(): void {
    this.#isAwaited = false;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
