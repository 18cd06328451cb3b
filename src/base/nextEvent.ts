import type { Event } from 'vscode';

/** Settles when an event fires the next time. */
export function nextEvent(event: Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const listener = event(() => {
      listener.dispose();
      resolve();
    });
  });
}
