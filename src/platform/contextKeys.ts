import { commands } from 'vscode';
import type { ContextKeys } from '../names.ts';

/** Sets context keys; an equal value is not sent again. */
export class ContextKeySetter {
  readonly #values = new Map<string, unknown>();

  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
    if (this.#values.get(key) !== value) {
      this.#values.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  }
}
