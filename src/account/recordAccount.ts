import type { Turns } from '../base/turns.ts';
import { type Account, accountFingerprint, accountId, hasSameDetails, isSameAccount } from './account.ts';
import { rememberAccount } from './environmentWriter.ts';
import type { SessionSources } from './sessionReader.ts';
import type { SignedIn } from './sessionState.ts';

export interface RecordedAccount {
  readonly sources: SessionSources;
  readonly current: SignedIn;
  /** What the API says of the account. */
  readonly found: Account;
  readonly show: (session: SignedIn) => void;
  /** Those of the session store. */
  readonly turns: Turns;
}

/** Shows what the API says of the account, and records it, so that the next start has it at once. */
export async function recordAccount({
  sources: { environment, apiKeys },
  current,
  found,
  show,
  turns,
}: RecordedAccount): Promise<void> {
  const { connection, account: before } = current;
  if (connection.environmentVariable !== undefined) {
    const known = environment.account(connection.apiUrl);
    const signedOut = apiKeys.signedOut().get(accountFingerprint(accountId(found))) ?? 0;
    // The same key keeps its number: rows that were read under another one count as those of another key.
    const isKnown = known !== undefined && isSameAccount(known, found) && known.sequence > signedOut;
    const others = environment.accounts().map(({ sequence }) => sequence + 1);
    const sequence = isKnown ? known.sequence : Math.max(apiKeys.nextSequence(), ...others);
    const account = { ...found, sequence };
    show({ ...current, account });
    await rememberAccount(environment, connection.apiUrl, account);
  } else if (before && isSameAccount(before, found) && !hasSameDetails(before, found)) {
    const account = { ...found, apiUrl: before.apiUrl, sequence: before.sequence };
    show({ ...current, account });
    await turns.run(() => apiKeys.rename(account));
  }
}
