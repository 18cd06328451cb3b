import type { Turns } from '../base/turns.ts';
import { type Account, hasSameDetails, isSameAccount } from './account.ts';
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
    show({ ...current, account: found });
    const seen = { ...found, sequence: apiKeys.nextSequence() };
    await rememberAccount(environment, connection.apiUrl, seen);
  } else if (before && isSameAccount(before, found) && !hasSameDetails(before, found)) {
    const account = { ...found, apiUrl: before.apiUrl, sequence: before.sequence };
    show({ ...current, account });
    await turns.run(() => apiKeys.rename(account));
  }
}
