import { type Account, isSameAccount } from './account.ts';
import { apiOrigin } from './apiUrl.ts';
import { declineKey } from './environmentWriter.ts';
import type { SessionReader, SessionSources } from './sessionReader.ts';
import { apiUrlOf, type Session } from './sessionState.ts';

export interface SignOutParts {
  readonly sources: SessionSources;
  readonly reader: SessionReader;
  /** The window's session. */
  readonly current: Session;
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
export async function signOutOf({ sources, reader, current, account, publish }: SignOutParts): Promise<void> {
  const { apiKeys, environment, choices } = sources;
  await apiKeys.load();
  const own = current.kind === 'signedIn' ? current : undefined;
  const lost = current.kind === 'signedOut' ? current.lost : undefined;
  const leaving = account === undefined || isSameAccount(account, own?.account) ? own : undefined;
  const isOfEnvironment = leaving?.connection.environmentVariable !== undefined;
  // The account whose key is missing is the window's too.
  if (leaving !== undefined || isSameAccount(account, lost)) {
    const origin = leaving?.account === undefined ? apiOrigin(apiUrlOf(current)) : undefined;
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
