import { isSameAccount } from './account.ts';
import type { Session } from './sessionState.ts';

/** Whether two sessions are equal, so that the second one need not be published. What led to them does not count. */
export function isSameSession(a: Session, b: Session): boolean {
  switch (a.kind) {
    case 'starting':
      return b.kind === 'starting';
    case 'signedOut':
      return (
        b.kind === 'signedOut' &&
        a.apiUrl === b.apiUrl &&
        (a.lost === b.lost || isSameAccount(a.lost, b.lost)) &&
        a.keyProblem === b.keyProblem &&
        a.unusableKey?.variable === b.unusableKey?.variable
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
