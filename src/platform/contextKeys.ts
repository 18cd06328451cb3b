import { commands } from 'vscode';
import type { CommandContextKeys, ContextKeys } from '../names.ts';

/** Sets context keys, except those whose value has not changed. */
export class ContextKeySetter {
  readonly #values = new Map<string, unknown>();

  /** Sets them in the order of the object. */
  setAll(values: ContextKeys | CommandContextKeys): void {
    for (const [key, value] of Object.entries(values)) {
      if (this.#values.get(key) !== value) {
        this.#values.set(key, value);
        void commands.executeCommand('setContext', key, value);
      }
    }
  }
}
