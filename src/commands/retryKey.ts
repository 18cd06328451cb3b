import type { SessionStore } from '../account/session.ts';
import { keyProblemOf } from '../account/sessionState.ts';

/**
 * Tries again to read a key that could not be read.
 *
 * @returns whether somebody is signed in
 */
export async function retryKey(session: SessionStore): Promise<boolean> {
  if (keyProblemOf(session.current) !== undefined) {
    await session.follow();
  }
  return session.connection !== undefined;
}
