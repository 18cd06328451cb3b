import type { SessionStore } from '../account/session.ts';

/**
 * Offers to sign in if nobody is signed in.
 *
 * @returns whether somebody is signed in now, so that the command can continue
 */
export async function ensureSignedIn(session: SessionStore): Promise<boolean> {
  await session.whenStarted();
  if (session.connection !== undefined) {
    return true;
  }
  const { offerSignIn } = await import('./onDemand.ts');
  return offerSignIn(session);
}
