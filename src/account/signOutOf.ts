import { type Account, isSameAccount } from './account.ts';
import { apiOrigin } from './apiUrl.ts';
import { declineKey } from './environmentWriter.ts';
import type { SessionReader, SessionSources } from './sessionReader.ts';
import type { Session, SignedIn } from './sessionState.ts';

export interface SignOutParts {
  readonly sources: SessionSources;
  readonly reader: SessionReader;
  /** Whom the window shows; undefined if nobody is signed in. */
  readonly own: SignedIn | undefined;
  /** The account to sign out of; by default that of the window. */
  readonly account: Account | undefined;
  /** Called with the window's session after the sign-out, unless it shows another account. */
  readonly publish: (session: Session) => void;
}

/**
 * `SessionStore.signOut`
 *
 * @throws what the secret storage throws if it fails to delete the key; the account is signed out anyway
 */
export async function signOutOf({ sources, reader, own, account, publish }: SignOutParts): Promise<void> {
  const { apiKeys, environment, choices } = sources;
  await apiKeys.load();
  const leaving = account === undefined || isSameAccount(account, own?.account) ? own : undefined;
  const isOfEnvironment = leaving?.connection.environmentVariable !== undefined;
  if (leaving !== undefined) {
    const origin = leaving.account === undefined ? apiOrigin(leaving.connection.apiUrl) : undefined;
    const forgotten = isOfEnvironment ? await declineKey(environment, origin) : [];
    await choices.set({ kind: 'signedOut', after: apiKeys.lastSequence(), stored: !isOfEnvironment });
    const address = reader.address();
    publish(
      address.kind === 'badAddress'
        ? address
        : { kind: 'signedOut', apiUrl: address.apiUrl, lost: undefined },
    );
    await apiKeys.signOutUnstored(forgotten);
  }
  const gone = account ?? leaving?.account;
  if (gone !== undefined && (account !== undefined || !isOfEnvironment)) {
    await apiKeys.forget(gone);
  }
}
