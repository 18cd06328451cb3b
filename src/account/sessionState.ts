import { DEFAULT_API_URL } from './apiUrl.ts';
import type { OnaClient } from '../api/onaClient.ts';
import type { Account } from './account.ts';
import type { ApiUrlProblem } from './apiUrl.ts';
import type { UnusableKey } from './environment.ts';

/** An API and a key for it. Every sign-in makes a new object: compare identity after an `await`. */
export interface Connection {
  readonly apiUrl: string;
  readonly client: OnaClient;
  /** The variable that the key comes from; undefined if the key is a stored one. */
  readonly environmentVariable: string | undefined;
}

/** Somebody is signed in. */
export interface SignedIn {
  readonly kind: 'signedIn';
  readonly connection: Connection;
  /** Undefined until it is known: with a key from the environment, the lists do not wait for it. */
  readonly account: Account | undefined;
}

/** The configured address is not a valid API address. */
export interface BadAddress {
  readonly kind: 'badAddress';
  readonly address: string;
  readonly problem: ApiUrlProblem;
  /** The environment variable that sets it; undefined if it comes from the setting. */
  readonly variable: string | undefined;
}

/**
 * Why it is not known whether there is a key: the secret storage cannot read it or does not answer, or there is a bug in
 * the extension. The next time that somebody returns to the window, the answer may be another one.
 */
export type KeyProblem = 'unreadable' | 'noAnswer' | 'defect';

/** Who is signed in, and to which API. */
export type Session =
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'signedOut';
      readonly apiUrl: string;
      /** The account whose key is missing from the secret storage or, with a `keyProblem`, could not be read. */
      readonly lost: Account | undefined;
      /** Absent if the secret storage has answered. */
      readonly keyProblem?: KeyProblem;
      /** The environment's key that would be used if it could be sent. */
      readonly unusableKey?: UnusableKey | undefined;
      /** Whether somebody signed out of this window's account in another window. */
      readonly isElsewhere?: boolean;
    }
  /** The environment sets an address that the user has not confirmed yet. */
  | { readonly kind: 'unconfirmedAddress'; readonly apiUrl: string; readonly variable: string }
  | BadAddress
  | SignedIn;

/** Why it is not known whether there is a key; undefined if it is known. */
export function keyProblemOf(session: Session): KeyProblem | undefined {
  return session.kind === 'signedOut' ? session.keyProblem : undefined;
}

/** The address that a sign-in would use. */
export function apiUrlOf(session: Session): string {
  switch (session.kind) {
    case 'signedOut':
    case 'unconfirmedAddress':
      return session.apiUrl;
    case 'signedIn':
      return session.connection.apiUrl;
    case 'starting':
    case 'badAddress':
      return DEFAULT_API_URL;
  }
}
