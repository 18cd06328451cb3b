import { commands } from 'vscode';

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
  /** Signed out because the secret storage has no key any more, or cannot give it. */
  'onaScm.keyLost': boolean;
  /** The API is not Ona's own: keys are made elsewhere. */
  'onaScm.ownHost': boolean;
}

const current = new Map<string, unknown>();

/** The only place that sets them; equal values are not sent again. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  if (current.get(key) !== value) {
    current.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
