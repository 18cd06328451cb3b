import type { CallOptions } from '../api/transport/connect.ts';
import type { Account } from './account.ts';
import { ApiKeyFormatError, readApiKey } from './apiKeyInput.ts';
import { identify, type IdentifiedAccount } from './identity.ts';
import type { Connection } from './sessionState.ts';

export interface SignInOptions extends CallOptions {
  /** Where to keep the key; `window` is for a secret storage that does not work. */
  readonly keep: 'secretStorage' | 'window';
}

export interface VerifiedKey extends IdentifiedAccount {
  readonly apiKey: string;
  readonly connection: Connection;
}

/**
 * Asks the API whose a typed or pasted key is.
 *
 * @param connect makes a connection with the key
 * @param known the accounts whose names are known
 * @throws ApiKeyFormatError, OnaApiError, or the signal's reason
 */
export async function verifyKey(
  input: string,
  connect: (apiKey: string) => Promise<Connection>,
  options: CallOptions,
  known: readonly Account[],
): Promise<VerifiedKey> {
  const apiKey = readApiKey(input);
  const connection = await connect(apiKey);
  const identified = await identify(connection, { ...options, isInteractive: true }, known);
  options.signal.throwIfAborted();
  if (identified === undefined) {
    throw new ApiKeyFormatError('noOrganization');
  }
  return { ...identified, apiKey, connection };
}
