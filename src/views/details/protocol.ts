import type { CommandId } from '../../names.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';

/*
 * What the details panel and its page tell each other, beside what every webview does (webviewProtocol.ts). The page
 * knows nothing but what it shows: it names a row or an action, and the extension looks up what that means.
 */

/** All that the page shows: plain text, put into the page as text. No secret is in it. */
export interface DetailsModel {
  readonly title: string;
  readonly subtitle: string;
  /** The runner's state, unless it is the normal one. */
  readonly state: DetailsValue | undefined;
  /** A glyph of media/ona-scm-icons.css. */
  readonly icon: string;
  /** Why the values may not be what they should: they are loading, stale, or of an item that is gone. */
  readonly notice: string | undefined;
  /** The item no longer exists; these are its last values. */
  readonly gone: boolean;
  readonly sections: readonly DetailsSection[];
  /** When the values were read. */
  readonly asOf: string;
  readonly actions: readonly DetailsAction[];
}

export interface DetailsSection {
  readonly key: string;
  readonly heading: string;
  readonly rows: readonly DetailsRow[];
  /** Hidden until the user asks for them. */
  readonly advanced?: { readonly label: string; readonly rows: readonly DetailsRow[] };
}

export interface DetailsRow {
  readonly key: string;
  readonly label: string;
  /** Names another integration or runner whose details the label leads to. */
  readonly open?: ItemRef;
  readonly values: readonly DetailsValue[];
  /** What looks wrong about the values. */
  readonly hints?: readonly string[];
  /** The name of a button that copies the value; undefined if there is nothing to copy. */
  readonly copyLabel: string | undefined;
}

export interface DetailsValue {
  readonly text: string;
  /** A glyph before the text. */
  readonly icon?: string;
  /** `none` is what an empty field means; `code` is an id. */
  readonly style: 'plain' | 'code' | 'none' | 'good' | 'warning';
  /** An https address that the text leads to. */
  readonly href?: string;
  /** Names another integration or runner whose details the text leads to. */
  readonly open?: ItemRef;
}

export interface DetailsAction {
  /** The command that it runs. */
  readonly id: CommandId;
  readonly label: string;
  /** A glyph; actions in the footer have none. */
  readonly icon?: string;
  readonly place: 'header' | 'footer';
  /** It copies something, which the page then confirms. */
  readonly copies?: boolean;
  /** It leads nowhere once the item no longer exists. */
  readonly requiresItem?: boolean;
}

/** What the page asks for. */
export type DetailsMessage =
  /** The value of a row, by its key, in the clipboard. */
  | { readonly type: 'copy'; readonly key: string }
  /** The details of another item. */
  | { readonly type: 'open'; readonly ref: ItemRef }
  /** An action, by its ID. */
  | { readonly type: 'action'; readonly id: string };

/** What a panel is about. Stored by its page for the next window, without any of the values. */
export interface DetailsState {
  readonly ref: ItemRef;
  /** Whether the panel stays open when something else is shown. */
  readonly pinned: boolean;
}

/** How the page stands. It stores this itself, beside the state. */
export interface DetailsViewState {
  /** CSS pixels. */
  readonly scrollY: number;
  /** Whether the advanced rows are shown. */
  readonly advancedOpen: boolean;
}
