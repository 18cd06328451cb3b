/*
 * The messages between the extension and every webview page. Each webview's own protocol adds to them. The extension's
 * end is webviewPage.ts, the page's end src/webview/lib/page.ts.
 */

export type ToPage<Model, State> =
  /** Replaces what the page shows. Without a state the page stores nothing, and forgets what it had stored. */
  | { readonly type: 'show'; readonly model: Model; readonly state?: State }
  /** What the page calls by this key has been copied. The announcement is for screen readers. */
  | { readonly type: 'copied'; readonly key: string; readonly announcement: string };

export type FromPage =
  /** The page's script is running and can show a model. */
  | { readonly type: 'ready' }
  /** The stored state is gone, but the document still contains a copy. It has to be reloaded. */
  | { readonly type: 'forgotten' };
