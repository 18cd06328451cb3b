/*
 * Every public name, once. Users' keybindings, settings and scripts rely on them, and so does what an earlier version has
 * stored. The manifest repeats some of them; a test compares both.
 */

export const EXTENSION_ID = 'ona-community.ona-scm-integrations';

/** The tree in the activity bar. */
export const INTEGRATIONS_VIEW = 'onaScm.integrations';

/**
 * The webviews. Each has a script `src/webview/<name>.ts` and a style sheet `media/<name>.css`. The build, the pages and
 * the restoring of panels use this list.
 */
export const WEBVIEWS = ['details'] as const;

export type WebviewName = (typeof WEBVIEWS)[number];

/** The view type of a webview's panels. */
export function webviewType(name: WebviewName): string {
  return `onaScm.${name}`;
}

/** The scheme of read-only JSON documents. */
export const DOCUMENT_SCHEME = 'ona-scm';

export const AUTHENTICATION_PROVIDER = 'ona';

/** The section of our settings. */
export const SETTINGS = 'onaScm';

/** A command of the manifest. `commands/index.ts` and `commands/onDemand.ts` have what it does. */
export type CommandId = `${typeof SETTINGS}.${string}`;

/** The context keys that `when` clauses of the manifest read. */
export interface ContextKeys {
  /** What the tree shows, and so which welcome view and which ways out stand there. */
  'onaScm.state':
    | 'starting'
    | 'signedOut'
    | 'unconfirmedAddress'
    | 'badAddress'
    | 'loading'
    | 'ready'
    | 'empty'
    | 'stale'
    | 'failed';
  /** Why, in the states `stale` and `failed`; else empty. */
  'onaScm.problem': string;
  /** A filter hides some of the rows. */
  'onaScm.filtered': boolean;
  'onaScm.signedIn': boolean;
  'onaScm.loading': boolean;
  /** A load runs that a person may want to end. */
  'onaScm.canCancel': boolean;
  /** Signed out because the secret storage no longer has the key, or cannot read it. */
  'onaScm.keyLost': boolean;
  /** The API is not Ona's own: keys are made elsewhere. */
  'onaScm.ownHost': boolean;
}

/** The keys of what is kept in the editor's state. */
export const STATE_KEYS = {
  /** Every account that has signed in, without its key. */
  accounts: 'onaScm.accounts',
  environmentAccount: 'onaScm.environmentAccount',
  environmentKeyDeclined: 'onaScm.environmentKeyDeclined',
  confirmedAddresses: 'onaScm.confirmedAddresses',
  /** Which account the window shows. */
  windowChoice: 'onaScm.window',
  filter: 'onaScm.filter',
  recents: 'onaScm.recents',
} as const;

/** Begins the name of an API key in the secret storage. */
export const API_KEY_SECRET_PREFIX = 'onaScm.apiKey:';
