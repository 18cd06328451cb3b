import { commands } from 'vscode';
import type { ContextKeys } from '../names.ts';

const current = new Map<string, unknown>();

/** The only place that sets them; equal values are not sent again. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  if (current.get(key) !== value) {
    current.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
