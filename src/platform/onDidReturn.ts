import { window } from 'vscode';
import type { Disposable } from '../base/event.ts';

/** Calls a listener when the window regains the focus. Other changes of its state do not count. */
export function onDidReturn(listener: () => unknown): Disposable {
  let { focused: wasFocused } = window.state;
  return window.onDidChangeWindowState(({ focused }) => {
    const hasReturned = focused && !wasFocused;
    wasFocused = focused;
    if (hasReturned) {
      listener();
    }
  });
}
