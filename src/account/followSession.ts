import { accountId, hasSameDetails, isSameAccount } from './account.ts';
import { readKey } from './readKey.ts';
import type { SessionReader, SessionSources, SessionWithKey } from './sessionReader.ts';
import { isSameSession } from './isSameSession.ts';
import type { Session, SignedIn } from './sessionState.ts';

/** `SessionReader.follow` */
export async function followSession(
  reader: SessionReader,
  sources: SessionSources,
  current: Session,
  apiKey: string,
): Promise<SessionWithKey> {
  if (current.kind === 'signedIn') {
    return (
      (await updateSession(reader, sources, current, apiKey)) ?? readAfterSignOut(reader, sources, current)
    );
  }
  const now = await reader.read();
  return isSameSession(now.session, current) ? { session: current } : now;
}

/** `SessionReader.update` */
export async function updateSession(
  { connector }: SessionReader,
  sources: SessionSources,
  signedIn: SignedIn,
  apiKey: string,
): Promise<SessionWithKey | undefined> {
  const { apiKeys, environment } = sources;
  const { connection, account } = signedIn;
  const same = { session: signedIn, apiKey };
  await apiKeys.load();
  if (connection.environmentVariable !== undefined) {
    return environment.isKeyDeclined() ? undefined : same;
  }
  const known = apiKeys.accounts().find((other) => isSameAccount(other, account));
  // A temporary failure of the secret storage must not sign anybody out.
  if (known === undefined || account === undefined) {
    return apiKeys.failure === undefined ? undefined : same;
  }
  const found = await readKey(sources, known);
  if (found.problem !== undefined) {
    return same;
  }
  if (found.apiKey === undefined) {
    return { session: { kind: 'signedOut', apiUrl: connection.apiUrl, lost: known } };
  }
  if (found.apiKey === apiKey) {
    return hasSameDetails(known, account) ? same : { session: { ...signedIn, account: known }, apiKey };
  }
  const renewed = await connector.connect(connection.apiUrl, found.apiKey, undefined);
  return { session: { kind: 'signedIn', connection: renewed, account: known }, apiKey: found.apiKey };
}

/**
 * Signs the window out because the user did so in another one. If there has been a sign-in since, of which the window
 * hears only now too, it follows that.
 */
async function readAfterSignOut(
  reader: SessionReader,
  { choices }: SessionSources,
  { account, connection }: SignedIn,
): Promise<SessionWithKey> {
  await choices.set({
    kind: 'signedOut',
    after: reader.sequenceOfSignOut(account && accountId(account)),
    stored: connection.environmentVariable === undefined,
    isGone: true,
  });
  return reader.read();
}
