import type { OnaClient } from '../api/onaClient.ts';
import { type Account, isSameAccount } from './account.ts';
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

/** The configured address is not a valid API address. */
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
      /** The account whose key is missing from the secret storage, or unreadable. */
      readonly lost: Account | undefined;
    }
  /** The environment names an address that a person has not confirmed yet. */
  | { readonly kind: 'unconfirmedAddress'; readonly apiUrl: string; readonly variable: string }
  | BadAddress
  | SignedIn;

/** Whether two sessions say the same, so that nobody needs to be told of the second one. */
export function isSameSession(a: Session, b: Session): boolean {
  switch (a.kind) {
    case 'starting':
      return b.kind === 'starting';
    case 'signedOut':
      return (
        b.kind === 'signedOut' &&
        a.apiUrl === b.apiUrl &&
        (a.lost === b.lost || isSameAccount(a.lost, b.lost))
      );
    case 'unconfirmedAddress':
      return b.kind === 'unconfirmedAddress' && a.apiUrl === b.apiUrl && a.variable === b.variable;
    case 'badAddress':
      return (
        b.kind === 'badAddress' &&
        a.address === b.address &&
        a.problem === b.problem &&
        a.variable === b.variable
      );
    case 'signedIn':
      return b.kind === 'signedIn' && a.connection === b.connection && a.account === b.account;
  }
}
