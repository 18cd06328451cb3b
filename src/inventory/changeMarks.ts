import { type Disposable, Emitter } from '../base/event.ts';
import type { Change } from './changes.ts';
import { parseRefKey, refKey } from './itemRef.ts';

/** Why a row is worth a look. */
export interface ChangeMark {
  readonly kind: 'new' | 'changed';
  /** When that was seen; of several changes, the last one. */
  readonly at: Date;
}

/** Which items are new or have changed since somebody last looked. Not kept for the next window. */
export class ChangeMarks implements Disposable {
  readonly #marks = new Map<string, ChangeMark>();
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  /** @param key `refKey` of the item */
  of(key: string): ChangeMark | undefined {
    return this.#marks.get(key);
  }

  get size(): number {
    return this.#marks.size;
  }

  /** Marks the items of changes. An integration that came with its runner has no mark of its own. */
  note(changes: readonly Change[]): void {
    changes.forEach((change) => this.#note(change));
    if (changes.length > 0) {
      this.#changed.fire();
    }
  }

  /**
   * Somebody has looked at an item.
   *
   * @param key `refKey` of the item
   */
  seen(key: string): void {
    if (this.#marks.delete(key)) {
      this.#changed.fire();
    }
  }

  /** Somebody has looked at all changes, or they are those of another account. */
  allSeen(): void {
    if (this.#marks.size > 0) {
      this.#marks.clear();
      this.#changed.fire();
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #note(change: Change): void {
    const { key, at } = change;
    switch (change.kind) {
      case 'integrationRemoved':
        this.#marks.delete(key);
        break;
      case 'runnerRemoved':
        this.#forgetRunner(change.runner.id);
        break;
      case 'integrationAdded':
      case 'runnerAdded':
        // With another key, everything could be new.
        if (change.byVisibility !== true) {
          this.#marks.set(key, { kind: 'new', at });
        }
        break;
      default: {
        const isNew = this.#takeMark(change)?.kind === 'new';
        this.#marks.set(key, { kind: isNew ? 'new' : 'changed', at });
      }
    }
  }

  #forgetRunner(id: string): void {
    for (const key of this.#marks.keys()) {
      if (parseRefKey(key)?.runnerId === id) {
        this.#marks.delete(key);
      }
    }
  }

  /** Removes the mark of an item, which had another key if its host has changed. */
  #takeMark(change: Change): ChangeMark | undefined {
    const ref = parseRefKey(change.key);
    const keys =
      change.kind === 'fieldChanged' && change.field === 'host' && ref?.kind === 'integration'
        ? [refKey({ ...ref, host: change.old }), change.key]
        : [change.key];
    const marks = keys.map((key) => this.#marks.get(key));
    keys.forEach((key) => this.#marks.delete(key));
    return marks.find((mark) => mark !== undefined);
  }
}
