/*
 * What the extension and every webview page tell each other; each webview's own protocol adds to it. Only types are here:
 * the extension's end is webviewPage.ts, the page's end src/webview/lib/page.ts.
 */

export type ToPage<Model, State> =
  /** Replaces what the page shows. Without a state the page stores nothing, and forgets what it had stored. */
  | { readonly type: 'show'; readonly model: Model; readonly state?: State }
  /** What the page knows by this key has been copied. The announcement is for screen readers. */
  | { readonly type: 'copied'; readonly key: string; readonly announcement: string };

export type FromPage =
  /** The page's script runs, and waits for something to show. */
  | { readonly type: 'ready' }
  /** The stored state is forgotten, but the document still has the text that it was restored from. */
  | { readonly type: 'forgotten' };
