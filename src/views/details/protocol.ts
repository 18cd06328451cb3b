import type { CommandId } from '../../names.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';

/*
 * The messages between the details panel and its page, in addition to those of every webview (webviewProtocol.ts). The
 * page only names a row, a reason or an action, and the extension looks up what that means.
 */

/** Everything that the page shows, as plain text. It contains no secret. */
export interface DetailsModel {
  readonly title: string;
  readonly subtitle: string;
  /** The runner's state, unless it is the normal one. */
  readonly state: DetailsValue | undefined;
  /** A glyph of media/ona-scm-icons.css. */
  readonly icon: string;
  /** Why the values may be wrong: they are loading or stale, or the item is gone. */
  readonly notice: string | undefined;
  /** The item no longer exists; these are its last values. */
  readonly gone: boolean;
  /** Undefined if nothing is known of the item. */
  readonly status: DetailsStatus | undefined;
  readonly sections: readonly DetailsSection[];
  /** When the values were read. */
  readonly asOf: string;
  readonly actions: readonly DetailsAction[];
}

/** Whether the item works, as far as is known, and why. */
export interface DetailsStatus {
  readonly heading: string;
  /** A sentence for screen readers once the status has changed. */
  readonly announcement: string;
  readonly own: DetailsStatusPart;
  /** Facts about the item that are no reasons. */
  readonly rows: readonly DetailsRow[];
  /** The status of an integration's runner, if that is worse or has reasons. */
  readonly runner?: DetailsStatusPart & { readonly heading: string };
  /** Why the runner cannot be asked, as a sentence; undefined if it can, or if there is nothing to ask about. */
  readonly cannotAsk: string | undefined;
}

export interface DetailsStatusPart {
  readonly state: DetailsValue;
  /** The worst first. */
  readonly reasons: readonly DetailsReason[];
}

/** Why a status is what it is. */
export interface DetailsReason {
  readonly key: string;
  /** A sentence. */
  readonly text: string;
  /** Where that comes from, and when it was; empty if that is not said. */
  readonly source: string;
  /** The name of the button for what helps, such as a page in the browser; absent if there is none. */
  readonly wayOut?: string;
}

export interface DetailsSection {
  readonly key: string;
  readonly heading: string;
  /** Where the values come from, or why there are no more. */
  readonly caption?: string;
  readonly rows: readonly DetailsRow[];
  /** Hidden until the user asks for them. */
  readonly advanced?: { readonly label: string; readonly rows: readonly DetailsRow[] };
}

export interface DetailsRow {
  readonly key: string;
  readonly label: string;
  /** The item that a click on the label opens. */
  readonly open?: ItemRef;
  readonly values: readonly DetailsValue[];
  /** Whether each value has a line of its own. */
  readonly lines?: boolean;
  /** Hidden until the user asks for them. */
  readonly more?: { readonly label: string; readonly rows: readonly DetailsRow[] };
  /** What seems wrong with the values. */
  readonly hints?: readonly string[];
  /** Like `hints`, but about what nobody here can change. Shown without a warning sign. */
  readonly notes?: readonly string[];
  /** The name of the button for what helps; absent if there is none. */
  readonly wayOut?: string;
  /** The name of the copy button; undefined if there is nothing to copy. */
  readonly copyLabel: string | undefined;
}

export interface DetailsValue {
  readonly text: string;
  /** A glyph before the text. */
  readonly icon?: string;
  /** `none` explains an empty field; `code` is an ID. `good` is only what was proved to work. */
  readonly style: 'plain' | 'code' | 'none' | 'good' | 'warning' | 'bad';
  /** An https address that a click opens. */
  readonly href?: string;
  /** The item that a click opens. */
  readonly open?: ItemRef;
}

export interface DetailsAction {
  /** The command that it runs. */
  readonly id: CommandId;
  readonly label: string;
  /** A glyph; only actions in the header have one. */
  readonly icon?: string;
  /** Those in `status` ask the runner. */
  readonly place: 'header' | 'status' | 'footer';
  /** What its button says while it runs; absent if it does not. */
  readonly running?: string;
  /** Whether it copies something, which the page then confirms. */
  readonly copies?: boolean;
  /** Whether it is useless once the item no longer exists. */
  readonly requiresItem?: boolean;
}

/** What the page asks the extension to do. */
export type DetailsMessage =
  /** Copy the value of the row with this key. */
  | { readonly type: 'copy'; readonly key: string }
  /** Open or run what helps with the reason or the row with this key. */
  | { readonly type: 'wayOut'; readonly key: string }
  /** Show the details of another item. */
  | { readonly type: 'open'; readonly ref: ItemRef }
  /** Run the action with this ID. */
  | { readonly type: 'action'; readonly id: string };

/** What a panel shows. Its page stores this, so that the panel can be restored; it contains none of the values. */
export interface DetailsState {
  readonly ref: ItemRef;
  /** Whether the panel stays open when another item is shown. */
  readonly pinned: boolean;
}

/** State that only the page has. It stores this beside the state from the extension. */
export interface DetailsViewState {
  /** CSS pixels. */
  readonly scrollY: number;
  /** Whether the advanced rows are shown. */
  readonly advancedOpen: boolean;
}
