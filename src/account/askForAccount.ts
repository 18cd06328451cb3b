import { OnaApiError } from '../api/transport/errors.ts';
import type { Account } from './account.ts';
import type { IdentificationOptions } from './identification.ts';
import { identify } from './identity.ts';
import type { Connection } from './sessionState.ts';

/** What the API says of a key. */
export interface Answer {
  /** Undefined for a problem. */
  readonly account?: Account;
  readonly problem?: Error | 'noOrganization';
  /** Whether the organization's name is known too, so that there is nothing more to ask. */
  readonly isComplete: boolean;
}

/** Asks the API which account a key belongs to. Never rejects. */
export async function askForAccount(
  connection: Connection,
  signal: AbortSignal,
  { known, log }: IdentificationOptions,
): Promise<Answer> {
  try {
    const identified = await identify(connection, { signal }, known());
    return identified ?? { problem: 'noOrganization', isComplete: false };
  } catch (error) {
    // The lists, requested with the same key, show what is wrong. Only the title lacks a name.
    if (!(error instanceof OnaApiError)) {
      log(`Could not identify the account: ${String(error)}`);
    }
    return { problem: error as Error, isComplete: false };
  }
}
