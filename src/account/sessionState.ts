import type { OnaClient } from '../api/onaClient.ts';
import type { Account } from './account.ts';
import type { ApiUrlProblem } from './apiUrl.ts';

/** An API, and a key for it. A new object for every sign-in: compare identity after an `await`. */
export interface Connection {
  readonly apiUrl: string;
  readonly client: OnaClient;
  /** The variable that the key comes from; undefined where it is a stored one. */
  readonly environmentVariable: string | undefined;
}

/** Somebody is signed in. */
export interface SignedIn {
  readonly kind: 'signedIn';
  readonly connection: Connection;
  /** Of a key from the environment it arrives beside the lists, never before them. */
  readonly account: Account | undefined;
}

/** An address that is set is none. */
export interface BadAddress {
  readonly kind: 'badAddress';
  readonly address: string;
  readonly problem: ApiUrlProblem;
  /** The environment variable that names it; undefined where it is the setting. */
  readonly variable: string | undefined;
}

/** Who is signed in, and where to. */
export type Session =
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'signedOut';
      readonly apiUrl: string;
      /** Whose key the secret storage has no more, or cannot give. */
      readonly lost: Account | undefined;
    }
  /** The environment names an address that a person has not confirmed yet. */
  | { readonly kind: 'unconfirmedAddress'; readonly apiUrl: string; readonly variable: string }
  | BadAddress
  | SignedIn;
