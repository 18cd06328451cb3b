import type { Event } from '../base/event.ts';

/** Something other than the tree that shows rows. */
export interface Watcher {
  /** Whether there is anything, in front or not. */
  readonly isWatching: boolean;
  /** Fires when it may have started to show rows, or more of them. */
  readonly onDidStartWatching: Event<unknown>;
  /** Whether anything of it can be seen. */
  readonly isVisible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
}

/** The tree, which can be hidden. */
export interface View {
  readonly isVisible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
}
