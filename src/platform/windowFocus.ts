import { window } from 'vscode';
import type { Disposable } from '../base/event.ts';

/** Calls a listener when the window gains or loses the focus. Other changes of its state do not count. */
export function onDidChangeFocus(listener: (isFocused: boolean) => unknown): Disposable {
  let { focused: wasFocused } = window.state;
  return window.onDidChangeWindowState(({ focused }) => {
    if (focused !== wasFocused) {
      wasFocused = focused;
      listener(focused);
    }
  });
}

/** Calls a listener when the window regains the focus. */
export function onDidReturn(listener: () => unknown): Disposable {
  return onDidChangeFocus((isFocused) => {
    if (isFocused) {
      listener();
    }
  });
}
