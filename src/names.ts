/*
 * All public names. Users' keybindings, settings and scripts rely on them, and so does data stored by earlier versions.
 * The manifest repeats some of them; a test compares both.
 */

export const EXTENSION_ID = 'ona-community.ona-scm-integrations';

/** The tree in the activity bar. */
export const INTEGRATIONS_VIEW = 'onaScm.integrations';

/**
 * The webviews. Each has a script `src/webview/<name>.ts` and a style sheet `media/<name>.css`. The build, the pages,
 * and the code that restores panels use this list.
 */
export const WEBVIEWS = ['details'] as const;

export type WebviewName = (typeof WEBVIEWS)[number];

/** The view type of a webview's panels. */
export function webviewType(name: WebviewName): string {
  return `onaScm.${name}`;
}

/** The scheme of read-only documents: items as JSON, and what has changed. */
export const DOCUMENT_SCHEME = 'ona-scm';

/**
 * The scheme of the addresses that decorate rows. An address names only the mark of a row: `ona-scm-status:/broken`.
 */
export const STATUS_SCHEME = 'ona-scm-status';

export const AUTHENTICATION_PROVIDER = 'ona';

/** The section of the extension's settings. */
export const SETTINGS = 'onaScm';

/** A command in the manifest, implemented in `commands/index.ts` or `commands/onDemand.ts`. */
export type CommandId = `${typeof SETTINGS}.${string}`;

/** The context keys that `when` clauses of the manifest read. */
export interface ContextKeys {
  /** What the tree shows, including its welcome view and actions. */
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
  /** The reason for the states `stale` and `failed`; otherwise empty. */
  'onaScm.problem': string;
  /** Whether the tree has rows, but others are missing because they could not be read. */
  'onaScm.leftOut': boolean;
  /** Whether a filter hides some of the rows. */
  'onaScm.filtered': boolean;
  /** Whether the filter shows problems only. */
  'onaScm.problemsOnly': boolean;
  'onaScm.sortOrder': 'name' | 'problems';
  'onaScm.signedIn': boolean;
  /** Whether the key belongs to a service account, which cannot connect as people do. */
  'onaScm.serviceAccount': boolean;
  'onaScm.loading': boolean;
  /** Whether a load is running that a person may want to cancel. */
  'onaScm.canCancel': boolean;
  /** Whether the user is signed out because the secret storage no longer has the key, or for a `keyProblem`. */
  'onaScm.keyLost': boolean;
  /**
   * Why it is not known whether there is a key (`KeyProblem`), if the user is signed out for that reason; otherwise
   * empty.
   */
  'onaScm.keyProblem': string;
  /**
   * The environment variable whose API key cannot be sent, if the user is signed out for that reason; otherwise empty.
   */
  'onaScm.unusableKey': string;
  /** Whether the user signed out of the window's account in another window. */
  'onaScm.signedOutElsewhere': boolean;
  /** Whether the API is not Ona's own, so that keys are created elsewhere. */
  'onaScm.ownHost': boolean;
}

/** Those that commands set, which startup does not need. Until then they are undefined, which counts as false. */
export interface CommandContextKeys {
  /** Whether runners are being asked, so that *Cancel Check* has something to do. */
  'onaScm.checking': boolean;
}

/**
 * The keys of values stored in the editor's state: global state belongs to a profile, workspace state to a workspace in
 * a profile (see `ApiKeys`). What all profiles have to agree on is in the secret storage.
 */
export const STATE_KEYS = {
  /** Global: the accounts that the profile has last seen, without their keys, and sign-outs. */
  accounts: 'onaScm.accounts',
  /** Global: a copy of the secret, in case that is lost. */
  storageScope: 'onaScm.storageScope',
  /** Global: accounts by a hash of address and key, because an editor sees the environments of several machines. */
  environmentAccount: 'onaScm.environmentAccount',
  /** Global: hashes of keys, for the same reason. What somebody decided in one profile does not hold in another one. */
  environmentKeyDeclined: 'onaScm.environmentKeyDeclined',
  /** Global: a profile asks again for what another one has confirmed. */
  confirmedAddresses: 'onaScm.confirmedAddresses',
  /** Global: which account has had a name in the Accounts menu, both as hashes. Stays after a sign-out. */
  offeredLabels: 'onaScm.offeredLabels',
  /** Global: whether somebody has confirmed what *Validate Configuration* does. */
  validationConfirmed: 'onaScm.validationConfirmed',
  /** Of the workspace: which account the window shows. An account that is gone counts as a sign-out. */
  windowChoice: 'onaScm.window',
  /** Of the workspace, deleted with the account that it was typed for. */
  filter: 'onaScm.filter',
  /** Of the workspace: present if problems come first. */
  sortOrder: 'onaScm.sortOrder',
  /** Of the workspace, deleted with the account under which an item was last opened. */
  recents: 'onaScm.recents',
} as const;

/** Prefix of the names of accounts with their API keys in the secret storage. */
export const ACCOUNT_SECRET_PREFIX = 'onaScm.account:';

/** Prefix of the names that the first versions stored bare API keys under. */
export const FIRST_API_KEY_SECRET_PREFIX = 'onaScm.apiKey:';

/** The name of the secret that identifies what can see the same secrets. */
export const STORAGE_SCOPE_SECRET = 'onaScm.storageScope';
